package dev.glosstream.train.corpus;

import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of labelled data and how to read it.
 *
 * @param format its format
 * @param path where it is
 * @param labels what becomes of its labels
 */
public record CorpusFile(CorpusFormat format, Path path, LabelMap labels) {

    /** Creates a file whose labels are the customary ones. */
    public CorpusFile(CorpusFormat format, Path path) {
        this(format, path, LabelMap.CUSTOMARY);
    }

    /** Which files of a folder are meant, by the customary words in their names. */
    public enum Part {
        /** All but those held out. */
        TRAINING,
        /** Those whose name says dev, val or validation. */
        DEV,
        /** Those whose name says test. */
        TEST;

        private boolean takes(String name) {
            Set<String> words =
                    Set.copyOf(Arrays.asList(name.toLowerCase(Locale.ROOT).split("[^a-z]+")));
            boolean test = words.contains("test");
            boolean dev = words.contains("dev") || words.contains("val") || words.contains("validation");
            return switch (this) {
                case TRAINING -> !test && !dev;
                case DEV -> dev;
                case TEST -> test;
            };
        }
    }

    /**
     * Understands {@code FORMAT:PATH}, or a path whose format is told by its name and first line, or a folder of such
     * files.
     *
     * @param argument as on the command line or in a recipe
     * @param root where relative paths start
     * @param task keeps only formats of this task when a folder is searched
     * @param part which files of a folder are meant
     * @throws CorpusException if there is no such file or its format is not known
     */
    public static List<CorpusFile> resolve(String argument, Path root, Task task, Part part) {
        Named name = Named.of(argument, root);
        CorpusFormat named = name.format;
        Path path = name.path;
        if (Files.isRegularFile(path)) {
            return List.of(new CorpusFile(named == null ? detect(path, task) : named, path));
        }
        List<CorpusFile> files = filesOf(path, named, task, part);
        if (files.isEmpty()) {
            throw new CorpusException("corpus '" + argument + "': expected files of " + task.code() + " in " + path
                    + ", found none; name the files, with their format: " + CorpusFormat.codes());
        }
        return files;
    }

    /**
     * Understands what {@link #resolve} does, for the texts alone: of any format, and without labels.
     *
     * @throws CorpusException if there is no such file or its format is not known
     */
    public static List<CorpusFile> resolveTexts(String argument, Path root) {
        Named named = Named.of(argument, root);
        List<Path> paths = Files.isDirectory(named.path) ? walk(named.path) : List.of(named.path);
        List<CorpusFile> files = paths.stream()
                .map(path -> new CorpusFile(
                        named.format == null ? CorpusFormat.detect(path) : named.format, path, LabelMap.TEXT_ONLY))
                .filter(file -> file.format != CorpusFormat.UNKNOWN)
                .toList();
        if (files.isEmpty()) {
            throw new CorpusException("corpus '" + argument + "': expected texts of a known format, found none;"
                    + " write FORMAT:PATH with one of " + CorpusFormat.codes());
        }
        return files;
    }

    /** Returns the same file with other rules for its labels. */
    public CorpusFile withLabels(LabelMap other) {
        return new CorpusFile(format, path, other);
    }

    private static List<CorpusFile> filesOf(Path folder, @Nullable CorpusFormat named, Task task, Part part) {
        return walk(folder).stream()
                .filter(path -> part.takes(path.getFileName().toString()))
                .map(path -> new CorpusFile(named == null ? CorpusFormat.detect(path) : named, path))
                .filter(file -> file.format().isFor(task))
                .toList();
    }

    private static List<Path> walk(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CorpusFormat detect(Path path, Task task) {
        CorpusFormat format = CorpusFormat.detect(path);
        if (!format.isFor(task)) {
            String known = Arrays.stream(CorpusFormat.values())
                    .filter(each -> each.isFor(task))
                    .map(CorpusFormat::code)
                    .collect(Collectors.joining(", "));
            throw new CorpusException("corpus '" + path + "': expected a format of " + task.code()
                    + ", could not tell it from name and first line; write FORMAT:PATH with one of " + known);
        }
        return format;
    }

    /** A path, and the format that was written before it. */
    private record Named(@Nullable CorpusFormat format, Path path) {
        static Named of(String argument, Path root) {
            int colon = argument.indexOf(':');
            CorpusFormat format = CorpusFormat.ofCode(colon < 0 ? "" : argument.substring(0, colon));
            Path path = root.resolve(format == null ? argument : argument.substring(colon + 1));
            if (!Files.exists(path)) {
                throw new CorpusException("corpus '" + argument + "': expected a file or folder, found nothing at "
                        + path + "; formats that may stand before a path: " + CorpusFormat.codes());
            }
            return new Named(format, path);
        }
    }

    /** Returns the last folder and file name: enough to tell the file, nothing of where it lies. */
    public String shortName() {
        Path parent = path.toAbsolutePath().normalize().getParent();
        String folder = parent == null || parent.getFileName() == null ? "" : parent.getFileName() + "/";
        return folder + path.getFileName();
    }
}
