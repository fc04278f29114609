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
 * The folder in which a bundle is made, within the folder of the bundle: the weights of the latest epoch, the best ones so
 * far, the checkpoint, and the encoded examples.
 *
 * <p>Whenever the process dies, what is here and the checkpoint fit together: the best weights are written before the
 * checkpoint that counts on them, and written again by a run that goes on from the one before.
 */
final class Workspace {
    private static final String NAME = ".training";
    private static final String DONE = ".training-done";

    private final Path out;
    private final Path folder;

    Workspace(Path out) {
        this.out = out;
        this.folder = out.resolve(NAME);
    }

    boolean isUnfinished() {
        return Files.exists(folder);
    }

    /** Deletes what an earlier training left. */
    void clear() throws IOException {
        deleteAll(out.resolve(DONE));
        deleteAll(folder);
    }

    void create() throws IOException {
        Files.createDirectories(candidate());
        Files.createDirectories(best());
    }

    Path candidate() {
        return folder.resolve("candidate");
    }

    private Path best() {
        return folder.resolve("best");
    }

    Path checkpoint() {
        return folder.resolve("checkpoint");
    }

    /** Returns the file of the encoded examples; a run that goes on writes it anew. */
    Path examples() {
        return folder.resolve("examples");
    }

    /** Makes the candidate the best so far. */
    void keep() throws IOException {
        copy(candidate(), best());
    }

    /** Puts the best bundle, with the curves of its training, in place and deletes the workspace. */
    ModelBundle publish(List<RunState.Epoch> history) throws IOException {
        ModelBundle bundle = ModelBundle.open(best());
        TrainingCurves.write(best(), history);
        List<String> files = new ArrayList<>(bundle.manifest().files().keySet());
        TrainingCurves.FILES.stream().filter(file -> !files.contains(file)).forEach(files::add);
        ModelBundle.seal(best(), bundle.manifest(), files);
        copy(best(), out);
        // In one go: a workspace of which half is deleted would look like an unfinished training.
        Files.move(folder, out.resolve(DONE), StandardCopyOption.ATOMIC_MOVE);
        deleteAll(out.resolve(DONE));
        return ModelBundle.open(out);
    }

    /** Copies file by file, the manifest last: until then the old one does not fit. */
    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(from)) {
            files = found.filter(each -> !each.endsWith(ModelBundle.MANIFEST)).toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(
                from.resolve(ModelBundle.MANIFEST),
                to.resolve(ModelBundle.MANIFEST),
                StandardCopyOption.REPLACE_EXISTING);
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
