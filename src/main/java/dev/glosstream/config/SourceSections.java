package dev.glosstream.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads {@code sources} and {@code output} of a pipeline file. */
final class SourceSections {
    private final Path project;
    private final boolean hasRegistry;

    /**
     * Creates a reader.
     *
     * @param project folder that relative schema files count from
     * @param hasRegistry whether schemas can be had from a registry
     */
    SourceSections(Path project, boolean hasRegistry) {
        this.project = project;
        this.hasRegistry = hasRegistry;
    }

    /** Reads the sources; none if the file leaves them out, which means text events of {@code topics.input}. */
    Supplier<List<SourceSettings>> sources(SettingsSection root, SettingsSection topics) {
        boolean given = root.has("sources");
        if (given && topics.has("input")) {
            topics.mistake(
                    "input", "expected nothing beside sources, which name their topics, got a topic; remove one");
        }
        List<SettingsSection> sections = root.sections("sources");
        if (given && sections.isEmpty()) {
            root.mistake(
                    "sources",
                    "expected at least one source, got none; leave it out to read text events of topics.input");
        }
        List<Supplier<SourceSettings>> sources =
                sections.stream().map(this::source).toList();
        return () -> sources.stream().map(Supplier::get).toList();
    }

    private Supplier<SourceSettings> source(SettingsSection section) {
        Setting<List<String>> names = section.strings("topics", TopicSettings.NAME);
        Setting<String> pattern = section.string("pattern", TextRule.NOT_EMPTY);
        pattern.optional()
                .filter(text -> !SourceTopics.isPattern(text))
                .ifPresent(text -> section.mistake(
                        "pattern", "expected " + SourceTopics.PATTERN_WORDS + ", got " + SettingText.quote(text)));
        if (section.has("topics") == section.has("pattern")) {
            section.mistake(
                    "topics",
                    "expected a list of topics or a pattern, got " + (section.has("topics") ? "both" : "neither"));
        }
        Setting<SourceFormat> format = section.choice(
                        "format", Arrays.asList(SourceFormat.values()), SourceFormat::code)
                .required();
        Supplier<SourceFields> fields = fields(section, format.optional());
        Setting<List<String>> schemas = section.strings("schemas", TextRule.NOT_EMPTY);
        format.optional().ifPresent(known -> checkSchemas(section, known));
        return () -> new SourceSettings(
                new SourceTopics(names.orElse(List.of()), pattern.orElse("")),
                format.get(),
                fields.get(),
                schemas.orElse(List.of()).stream()
                        .map(file -> project.resolve(file).normalize())
                        .toList());
    }

    private void checkSchemas(SettingsSection section, SourceFormat format) {
        if (format == SourceFormat.AVRO && !section.has("schemas") && !hasRegistry) {
            section.mistake(
                    "schemas",
                    "expected the files of the schemas that values are written with, or registry.url, got nothing");
        }
        if (format != SourceFormat.AVRO && section.has("schemas")) {
            section.mistake("schemas", "expected nothing in format '" + format.code() + "', got files; remove it");
        }
    }

    private static Supplier<SourceFields> fields(SettingsSection section, Optional<SourceFormat> format) {
        Setting<List<String>> texts = section.strings("text", FieldPath.RULE);
        Setting<String> id = section.string("id", FieldPath.RULE);
        Setting<String> language = section.string("language", FieldPath.RULE);
        Setting<String> time = section.string("time", FieldPath.RULE);
        Map<String, FieldPath> attributes = attributes(section.section("attributes"));
        requirePaths(section, format);
        return () -> new SourceFields(
                texts.orElse(List.of()).stream().map(FieldPath::of).toList(),
                id.optional().map(FieldPath::of),
                language.optional().map(FieldPath::of),
                time.optional().map(FieldPath::of),
                attributes);
    }

    private static void requirePaths(SettingsSection section, Optional<SourceFormat> format) {
        boolean hasPaths = format.map(SourceFormat::hasPaths).orElse(true);
        if (hasPaths && format.isPresent() && !section.has("text")) {
            section.mistake("text", "expected " + FieldPath.RULE.words() + ", got nothing");
        }
        for (String key : List.of("text", "id", "language", "time", "attributes")) {
            if (!hasPaths && section.has(key)) {
                section.mistake(
                        key,
                        "expected nothing in format '"
                                + format.map(SourceFormat::code).orElse("")
                                + "', which needs no paths, got one; remove it");
            } else if (!key.equals("text") && !key.equals("attributes")) {
                requireSingle(section, key);
            }
        }
    }

    private static void requireSingle(SettingsSection section, String key) {
        section.string(key, TextRule.ANY)
                .optional()
                .filter(path ->
                        FieldPath.RULE.accepts(path) && FieldPath.of(path).isList())
                .ifPresent(path -> section.mistake(
                        key,
                        "expected a path to one value, got '" + path + "', which leads to the elements of a list"));
    }

    private static Map<String, FieldPath> attributes(SettingsSection section) {
        Map<String, FieldPath> paths = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        section.texts(TextCheck.NONE).forEach((name, path) -> {
            if (FieldPath.RULE.accepts(path) && !FieldPath.of(path).isList()) {
                paths.put(name, FieldPath.of(path));
            } else {
                wrong.add(name);
                section.mistake(name, "expected a path to one value, got " + SettingText.quote(path));
            }
        });
        return wrong.isEmpty() ? paths : Map.of();
    }

    /** Reads how labelled events are written. */
    static Supplier<OutputSettings> output(SettingsSection section) {
        Setting<OutputMode> mode = section.choice("mode", Arrays.asList(OutputMode.values()), OutputMode::code);
        Setting<String> field = section.string("field", OutputSettings.FIELD);
        Setting<Boolean> labelTopics = section.flag("labelTopics");
        OutputSettings usual = OutputSettings.DEFAULT;
        return () -> new OutputSettings(
                mode.orElse(usual.mode()), field.orElse(usual.field()), labelTopics.orElse(usual.labelTopics()));
    }
}
