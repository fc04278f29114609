package dev.glosstream.train;

import dev.glosstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which the bundles of a run are made, within the folder that they are for: the weights of the latest epoch,
 * the best ones so far, the checkpoint, and the encoded examples.
 *
 * <p>Whenever the process dies, what is here and the checkpoint fit together: the best weights are written before the
 * checkpoint that counts on them, and written again by a run that goes on from the one before.
 */
final class Workspace {
    private static final String NAME = ".training";
    private static final String DONE = ".training-done";
    private static final String ENCODER = "pretrained.encoder";

    private final Path out;
    private final Path folder;
    private final List<String> bundles;

    /** Creates the workspace of a run that makes one bundle. */
    Workspace(Path out) {
        this(out, List.of(""));
    }

    /**
     * Creates the workspace of a run.
     *
     * @param bundles folder of each bundle below {@code out}; empty for {@code out} itself
     */
    Workspace(Path out, List<String> bundles) {
        this.out = out;
        this.folder = out.resolve(NAME);
        this.bundles = List.copyOf(bundles);
    }

    boolean isUnfinished() {
        return Files.exists(folder);
    }

    /** Returns whether every bundle of the run is in place. */
    boolean isPublished() {
        return bundles.stream()
                .allMatch(bundle -> Files.exists(out.resolve(bundle).resolve(ModelBundle.MANIFEST)));
    }

    /** Returns the bundles that are in place. */
    List<ModelBundle> published() {
        return bundles.stream()
                .map(bundle -> ModelBundle.open(out.resolve(bundle)))
                .toList();
    }

    /** Deletes what an earlier training left. */
    void clear() throws IOException {
        deleteAll(out.resolve(DONE));
        deleteAll(folder);
    }

    void create() throws IOException {
        for (int bundle = 0; bundle < bundles.size(); bundle++) {
            Files.createDirectories(candidate(bundle));
            Files.createDirectories(best(bundle));
        }
    }

    /** Returns the folder of the latest epoch of a bundle, counted from 0. */
    Path candidate(int bundle) {
        return folder.resolve("candidate").resolve(bundles.get(bundle));
    }

    private Path best(int bundle) {
        return folder.resolve("best").resolve(bundles.get(bundle));
    }

    Path checkpoint() {
        return folder.resolve("checkpoint");
    }

    /** Returns the file of the encoded examples of a bundle; a run that goes on writes it anew. */
    Path examples(int bundle) {
        return folder.resolve("examples" + bundle);
    }

    /** Returns the file of the encoded texts of the pretraining; a run that goes on writes it anew. */
    Path pretrainingTexts() {
        return folder.resolve("pretraining-texts");
    }

    /** Returns the checkpoint of the pretraining. */
    Path pretrainingCheckpoint() {
        return folder.resolve("pretraining-checkpoint");
    }

    /** Returns the file of the pretrained encoder. */
    Path encoder() {
        return folder.resolve(ENCODER);
    }

    /** Makes the candidates the best so far. */
    void keep() throws IOException {
        for (int bundle = 0; bundle < bundles.size(); bundle++) {
            copy(candidate(bundle), best(bundle));
        }
    }

    /**
     * Puts the best bundles, with the curves of their training, and a pretrained encoder in place and deletes the
     * workspace.
     */
    List<ModelBundle> publish(List<RunState.Epoch> history) throws IOException {
        for (int bundle = 0; bundle < bundles.size(); bundle++) {
            publish(best(bundle), history, out.resolve(bundles.get(bundle)));
        }
        if (Files.exists(encoder())) {
            Files.copy(encoder(), out.resolve(ENCODER), StandardCopyOption.REPLACE_EXISTING);
        }
        // In one go: a workspace of which half is deleted would look like an unfinished training.
        Files.move(folder, out.resolve(DONE), StandardCopyOption.ATOMIC_MOVE);
        deleteAll(out.resolve(DONE));
        return published();
    }

    private static void publish(Path best, List<RunState.Epoch> history, Path to) throws IOException {
        ModelBundle bundle = ModelBundle.open(best);
        TrainingCurves.write(best, history);
        List<String> files = new ArrayList<>(bundle.manifest().files().keySet());
        TrainingCurves.FILES.stream().filter(file -> !files.contains(file)).forEach(files::add);
        ModelBundle.seal(best, bundle.manifest(), files);
        Files.createDirectories(to);
        copy(best, to);
    }

    /** Copies file by file, the manifest last: until then the old one does not fit. */
    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(
                from.resolve(ModelBundle.MANIFEST),
                to.resolve(ModelBundle.MANIFEST),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Copies what the columns of the first bundle look up in to the other bundles. */
    void shareColumnFiles(List<String> names) throws IOException {
        for (int bundle = 1; bundle < bundles.size(); bundle++) {
            for (String name : names) {
                Files.copy(
                        candidate(0).resolve(name),
                        candidate(bundle).resolve(name),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Returns the files of a folder but its manifest. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isRegularFile)
                    .filter(each -> !each.endsWith(ModelBundle.MANIFEST))
                    .toList();
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
