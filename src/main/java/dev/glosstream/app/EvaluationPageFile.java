package dev.glosstream.app;

import dev.glosstream.train.evaluate.page.EvaluationPage;
import dev.glosstream.train.evaluate.page.PageSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The file that an evaluation writes its page to. */
final class EvaluationPageFile {
    private static final String HEADLESS = "java.awt.headless";

    private final Path file;

    private EvaluationPageFile(Path file) {
        this.file = file;
    }

    /**
     * Returns the file, once it is clear that it can be written: evaluation may take long.
     *
     * @throws UsageException if it cannot
     */
    static EvaluationPageFile at(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new UsageException("--html '" + file + "': expected a file in a folder that can be written, got "
                    + (Files.isDirectory(file) ? "a folder" : "another place") + "; name another file");
        }
        return new EvaluationPageFile(file);
    }

    /** Draws and writes the page. */
    void write(List<PageSection> sections) {
        if (System.getProperty(HEADLESS) == null) {
            System.setProperty(HEADLESS, "true");
        }
        String title = sections.get(0).bundles().stream()
                        .map(measured -> measured.bundle())
                        .collect(Collectors.joining(" and "))
                + ": evaluation";
        try {
            Files.writeString(file, EvaluationPage.of(title, sections));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "--html '" + file + "': expected to write the page, got " + e.getMessage() + "; name another file",
                    e);
        } catch (LinkageError | InternalError e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "--html: expected a font for the pictures, found none; install one (Debian: apt-get install fontconfig"
                            + " fonts-dejavu-core)",
                    e);
        }
    }
}
