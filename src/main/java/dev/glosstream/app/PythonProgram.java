package dev.glosstream.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Python that has PyTorch and NumPy: what runs the programs in {@code training/}. */
final class PythonProgram {
    /** The first one on the PATH; and Debian's own, which has Debian's PyTorch whatever else comes first. */
    private static final List<String> CANDIDATES = List.of("python3", "/usr/bin/python3");

    private static final String PROBE = "import numpy, torch; print('torch ' + torch.__version__)";
    private static final Pattern VERSION = Pattern.compile("torch (\\d+)\\.(\\d+)\\S*");
    private static final int LEAST_MAJOR = 1;
    private static final int LEAST_MINOR = 13;

    private final String executable;
    private final String version;

    private PythonProgram(String executable, String version) {
        this.executable = executable;
        this.version = version;
    }

    /**
     * Finds a Python.
     *
     * @param given the one to use; null to look for one
     * @throws CommandException if there is none with PyTorch 1.13 or newer, saying what to install
     */
    static PythonProgram find(@Nullable String given) {
        List<String> found = new ArrayList<>();
        for (String candidate : given == null ? CANDIDATES : List.of(given)) {
            Output output = output(List.of(candidate, "-c", PROBE));
            Matcher version = VERSION.matcher(output.lastLine());
            if (output.exitCode() == 0 && version.matches() && isRecent(version)) {
                return new PythonProgram(candidate, version.group());
            }
            found.add("'" + candidate + "': " + output.lastLine());
        }
        throw new CommandException(
                ExitCode.USAGE,
                "python: expected one with PyTorch 1.13 or newer and NumPy, got " + String.join("; ", found)
                        + "; install them (Debian: apt-get install python3-torch python3-numpy) or name another Python"
                        + " with --python");
    }

    private static boolean isRecent(Matcher version) {
        int major = Integer.parseInt(version.group(1));
        return major > LEAST_MAJOR || (major == LEAST_MAJOR && Integer.parseInt(version.group(2)) >= LEAST_MINOR);
    }

    /** Returns the path or name it is started by. */
    String executable() {
        return executable;
    }

    /**
     * Runs a program and waits for its end.
     *
     * @throws CommandException with its last words if it fails
     */
    void run(Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(executable, script.toString()));
        command.addAll(List.of(arguments));
        Output output = output(command);
        if (output.exitCode() != 0) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "python '" + executable + "' (" + version + "): expected " + script.getFileName()
                            + " to end well, got exit code " + output.exitCode() + ": " + output.lastLine());
        }
    }

    private record Output(int exitCode, String text) {
        /** What a Python program that fails says last is what went wrong. */
        String lastLine() {
            String stripped = text.strip();
            return stripped.substring(stripped.lastIndexOf('\n') + 1);
        }
    }

    private static Output output(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The installation may not be ours to write into.
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        try {
            Process process = builder.start();
            AtExit.Closing ending = AtExit.register(process::destroy);
            try {
                process.getOutputStream().close();
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Output(process.waitFor(), text);
            } finally {
                ending.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.FAILED, "python: interrupted", e);
        } catch (IOException e) {
            return new Output(-1, String.valueOf(e.getMessage()));
        }
    }
}
