package dev.glosstream.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A verified model bundle: every file that its manifest names is there and has the checksum that the manifest gives.
 *
 * <p>Immutable; any number of threads may share one. Holds the vocabularies in memory, and no native memory.
 */
public final class ModelBundle {
    /** File name of the manifest. */
    public static final String MANIFEST = "manifest.json";
    /** File name of the model card, written from the manifest. */
    public static final String CARD = "MODEL_CARD.md";
    /** File name of the CRF transitions of an entities bundle. */
    public static final String TRANSITIONS = "transitions.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            // What a manifest need not say.
            .injectableValues(new InjectableValues.Std()
                    .addValue("calibration", ModelManifest.Calibration.NONE)
                    .addValue("precisionChecks", Map.of())
                    .addValue("encoder", ModelManifest.OWN_ENCODER))
            .build();

    private final Path directory;
    private final ModelManifest manifest;
    private final String sha256;
    private final List<IdSpace> ids;

    private ModelBundle(Path directory, ModelManifest manifest, String sha256, List<IdSpace> ids) {
        this.directory = directory;
        this.manifest = manifest;
        this.sha256 = sha256;
        this.ids = List.copyOf(ids);
    }

    /**
     * Opens and verifies a bundle.
     *
     * @throws BundleException naming every missing or altered file, or what is wrong with the manifest
     */
    public static ModelBundle open(Path directory) {
        Path file = directory.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new BundleException("model '" + directory + "': expected a bundle with " + MANIFEST
                    + ", found none; name the folder of a bundle, for example models/sentiment-en");
        }
        try {
            ModelManifest manifest = JSON.readValue(file.toFile(), ModelManifest.class);
            verifyFiles(directory, manifest);
            List<IdSpace> ids = readIds(directory, manifest.architecture());
            ModelBundle bundle = new ModelBundle(directory, manifest, Digests.sha256(file), ids);
            bundle.requireTags();
            return bundle;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new BundleException(
                    "model '" + directory + "': expected a valid " + MANIFEST + ", got " + e.getOriginalMessage()
                            + " (line " + lineOf(e) + ")",
                    e);
        } catch (IOException e) {
            throw new BundleException("model '" + directory + "': expected readable files, got " + e, e);
        }
    }

    /** Reads the ids of each column; columns of the same file share them. */
    public static List<IdSpace> readIds(Path directory, Architecture architecture) throws IOException {
        Map<String, IdSpace> byFile = new HashMap<>();
        List<IdSpace> ids = new ArrayList<>();
        for (TokenColumn column : architecture.columns()) {
            if (column instanceof NgramColumn ngrams) {
                ids.add(new HashedNgrams(ngrams.buckets()));
                continue;
            }
            String name = column.file().orElseThrow();
            if (!byFile.containsKey(name)) {
                Path file = directory.resolve(name);
                byFile.put(name, column instanceof LexiconColumn ? Lexicon.read(file) : Vocabulary.read(file));
            }
            ids.add(byFile.get(name));
        }
        return ids;
    }

    private void requireTags() {
        if (task() != Task.ENTITIES) {
            return;
        }
        List<String> tags = BioTagSet.of(manifest.labels()).names();
        if (!transitions().tags().equals(tags)) {
            throw new BundleException("model '" + directory + "': expected transitions of the tags " + tags + ", got "
                    + transitions().tags());
        }
    }

    private static int lineOf(com.fasterxml.jackson.core.JsonProcessingException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    }

    private static void verifyFiles(Path directory, ModelManifest manifest) throws IOException {
        List<String> problems = new ArrayList<>();
        for (String needed : neededFiles(manifest)) {
            if (!manifest.files().containsKey(needed)) {
                problems.add("file '" + needed + "': expected a checksum in " + MANIFEST + ", found none");
            }
        }
        for (Map.Entry<String, String> entry : manifest.files().entrySet()) {
            verifyFile(directory, entry.getKey(), entry.getValue(), problems);
        }
        if (!problems.isEmpty()) {
            throw new BundleException("model '" + directory + "': " + String.join("; ", problems)
                    + "; restore the bundle from where it came from");
        }
    }

    private static void verifyFile(Path directory, String name, String expected, List<String> problems)
            throws IOException {
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory.normalize())) {
            problems.add("file '" + name + "': expected a path within the bundle");
        } else if (!Files.isRegularFile(file)) {
            problems.add("file '" + name + "': missing");
        } else if (!Digests.sha256(file).equals(expected)) {
            problems.add("file '" + name + "': expected SHA-256 " + expected + ", got " + Digests.sha256(file));
        }
    }

    private static List<String> neededFiles(ModelManifest manifest) {
        List<String> needed = new ArrayList<>();
        needed.add(manifest.weights().file());
        needed.addAll(columnFiles(manifest.architecture()));
        if (manifest.task() == Task.ENTITIES) {
            needed.add(TRANSITIONS);
        }
        return needed;
    }

    /** Returns the names of the files that the columns of a network need, each once. */
    public static List<String> columnFiles(Architecture architecture) {
        return architecture.columns().stream()
                .flatMap(column -> column.file().stream())
                .distinct()
                .toList();
    }

    /**
     * Writes the manifest beside files that already stand in the directory, with their checksums.
     *
     * @param files names of the files to list
     */
    public static void seal(Path directory, ModelManifest manifest, List<String> files) throws IOException {
        ModelManifest sealed = manifest.withFiles(digests(directory, files));
        WholeFile.replace(directory.resolve(CARD), ModelCard.of(sealed));
        writeManifest(directory, sealed);
    }

    /**
     * Writes the manifest of a bundle to be, without its card: weights and figures are still to come.
     *
     * @param files names of the files to list, which already stand in the directory
     */
    public static void begin(Path directory, ModelManifest manifest, List<String> files) throws IOException {
        writeManifest(directory, manifest.withFiles(digests(directory, files)));
    }

    private static Map<String, String> digests(Path directory, List<String> files) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (String name : files) {
            digests.put(name, Digests.sha256(directory.resolve(name)));
        }
        return digests;
    }

    /** Writes measured figures into the manifest and the card of this bundle. */
    public void record(String dataSet, Map<String, Double> measured) throws IOException {
        ModelManifest renewed = manifest.withMetrics(dataSet, measured);
        WholeFile.replace(directory.resolve(CARD), ModelCard.of(renewed));
        writeManifest(directory, renewed);
    }

    /** Writes a calibration into the manifest and the card of this bundle. */
    public void calibrate(ModelManifest.Calibration calibration) throws IOException {
        writeManifest(directory, manifest.withCalibration(calibration));
    }

    /** Writes what was found in another precision into the manifest of this bundle. */
    public void check(String precision, PrecisionCheck found) throws IOException {
        writeManifest(directory, manifest.withPrecisionCheck(precision, found));
    }

    private static void writeManifest(Path directory, ModelManifest manifest) throws IOException {
        WholeFile.replace(directory.resolve(MANIFEST), JSON.writeValueAsString(manifest) + "\n");
    }

    /** Returns the CRF transitions of an entities bundle. */
    public CrfTransitions transitions() {
        try {
            return JSON.readValue(directory.resolve(TRANSITIONS).toFile(), CrfTransitions.class);
        } catch (IOException e) {
            throw new BundleException("model '" + directory + "': expected valid " + TRANSITIONS + ", got " + e, e);
        }
    }

    /** Writes CRF transitions to a bundle in the making. */
    public static void writeTransitions(Path directory, CrfTransitions transitions) throws IOException {
        Files.writeString(directory.resolve(TRANSITIONS), JSON.writeValueAsString(transitions) + "\n");
    }

    /** Returns the folder of the bundle. */
    public Path directory() {
        return directory;
    }

    /** Returns the manifest. */
    public ModelManifest manifest() {
        return manifest;
    }

    /** Returns what the bundle predicts. */
    public Task task() {
        return manifest.task();
    }

    /** Returns {@code name@version}. */
    public String id() {
        return manifest.name() + "@" + manifest.version();
    }

    /** Returns the SHA-256 of the manifest, which covers every other file. */
    public String sha256() {
        return sha256;
    }

    /** Returns the ids of each column, in the order of the architecture's columns. */
    public List<IdSpace> ids() {
        return ids;
    }

    /** Returns whether this bundle reads the same ids of every text as another: one may read for both. */
    public boolean readsLike(ModelBundle other) {
        Architecture own = manifest.architecture();
        Architecture others = other.manifest.architecture();
        return own.columns().equals(others.columns())
                && own.maxSequenceLength() == others.maxSequenceLength()
                && own.truncation() == others.truncation()
                && columnFiles(own).stream()
                        .allMatch(file -> Objects.equals(
                                manifest.files().get(file),
                                other.manifest.files().get(file)));
    }

    /** Returns whether this bundle names the same encoder as another, so that one may run for both. */
    public boolean sharesEncoder(ModelBundle other) {
        return !manifest.encoder().isEmpty()
                && manifest.encoder().equals(other.manifest.encoder())
                && manifest.architecture().equals(other.manifest.architecture());
    }

    @Override
    public String toString() {
        return "ModelBundle[" + id() + "]";
    }
}
