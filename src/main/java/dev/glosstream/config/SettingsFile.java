package dev.glosstream.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A settings file in YAML that reports all its mistakes at once, each with its line.
 *
 * <p>How to use it: read the file, ask its {@link #root()} for every setting there is, then call {@link #finish}, which
 * throws one {@link ConfigException} if anything was wrong, and else builds the settings. What nobody asked for is an
 * unknown key. One thread.
 *
 * <p>Where a value comes from, the first that has it: an override {@code --set key=value} (the last one given, if it is
 * repeated); the file; the default.
 *
 * <p>Overrides: the key is the dotted path; everything after the first point is the key within the section, so {@code
 * kafka.bootstrap.servers=host:9092} sets {@code bootstrap.servers} in {@code kafka}. Values are taken as they are.
 *
 * <p>Placeholders in values of the file: <code>${NAME}</code> and <code>${NAME:default}</code> are replaced from the
 * variables handed in; <code>$${</code> stands for a plain <code>${</code>.
 *
 * <p>YAML: one document, a mapping of plain keys; anchors and aliases work within bounds; own tags and merge keys are
 * refused.
 */
public final class SettingsFile {
    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST = 50;
    private static final int MOST_CODE_POINTS = 1 << 20;

    private final SettingsScope scope;
    private final SettingsSection root;

    private SettingsFile(SettingsScope scope, SettingsSection root) {
        this.scope = scope;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @param file its path, which also stands in messages
     * @param variables what placeholders are replaced with, usually the environment
     * @param overrides {@code key=value} each, in the order given
     * @throws ConfigException if the file cannot be read, is not UTF-8 or not YAML
     */
    public static SettingsFile read(Path file, Map<String, String> variables, List<String> overrides) {
        return parse(file.toString(), text(file), variables, overrides);
    }

    /**
     * Reads a text.
     *
     * @param name stands in messages where a file's name would
     * @param variables what placeholders are replaced with
     * @param overrides {@code key=value} each, in the order given
     * @throws ConfigException if the text is not YAML
     */
    public static SettingsFile parse(String name, String text, Map<String, String> variables, List<String> overrides) {
        SettingsScope scope = new SettingsScope(name, variables, overrides);
        Node node = compose(name, text);
        return new SettingsFile(scope, SettingsSection.root(scope, node));
    }

    /** Returns the settings at the top of the file. */
    public SettingsSection root() {
        return root;
    }

    /**
     * Builds the settings, if the file has no mistakes.
     *
     * @param settings called once every setting has been asked for and is right; an {@link IllegalArgumentException} that
     *     it throws, because two settings do not go together, becomes a mistake too
     * @throws ConfigException with every mistake of the file and the overrides
     */
    public <T> T finish(Supplier<T> settings) {
        scope.reportUnknown();
        if (!scope.mistakes().isEmpty()) {
            throw scope.mistakes().toException();
        }
        try {
            return settings.get();
        } catch (IllegalArgumentException mismatch) {
            throw new ConfigException(List.of(scope.source() + ": " + mismatch.getMessage()));
        }
    }

    private static @Nullable Node compose(String name, String text) {
        try {
            return new Yaml(new SafeConstructor(bounds())).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String place = mark == null ? "" : ":" + (mark.getLine() + 1);
            throw notYaml(
                    name + place, e.getContext() == null ? e.getProblem() : e.getContext() + ", " + e.getProblem());
        } catch (RuntimeException e) {
            // The parser answers some malformed escapes and oversized documents with unmarked exceptions.
            throw notYaml(name, String.valueOf(e.getMessage()));
        }
    }

    private static ConfigException notYaml(String place, String problem) {
        // Names, which may be passwords without quotes: *x is an alias to YAML, &x an anchor, !x a tag.
        String nameless =
                problem.replaceAll("(?s)(undefined alias|duplicate anchor|tag handle|tag is not allowed).*", "$1");
        return new ConfigException(
                List.of(place + ": expected YAML, got " + nameless.strip().replaceAll("\\s*\\R\\s*", ", ")));
    }

    private static LoaderOptions bounds() {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setMaxAliasesForCollections(MOST_ALIASES);
        bounds.setNestingDepthLimit(DEEPEST);
        bounds.setCodePointLimit(MOST_CODE_POINTS);
        return bounds;
    }

    private static String text(Path file) {
        try {
            return decode(file, Files.readAllBytes(file));
        } catch (IOException e) {
            String why = Files.exists(file) ? "got " + e : "found none";
            throw new ConfigException(List.of(file + ": expected a readable file, " + why));
        }
    }

    private static String decode(Path file, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            long line = 1 + text.chars().filter(unit -> unit == '\n').count();
            throw new ConfigException(List.of(file + ":" + line + ": expected UTF-8, got other bytes"));
        }
        return text.toString();
    }
}
