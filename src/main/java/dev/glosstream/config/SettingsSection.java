package dev.glosstream.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A section of a settings file, or its top: asked for settings by key, it notes every mistake and goes on.
 *
 * <p>A section that the file leaves out is one without keys. Every key that is asked for is a known one. One thread.
 */
public final class SettingsSection {
    private final SettingsScope scope;
    private final String path;
    private final int line;
    private final Map<String, Entry> entries;
    private final Set<String> known = new TreeSet<>();
    private boolean anyKey;

    private SettingsSection(SettingsScope scope, String path, int line, @Nullable MappingNode mapping) {
        this.scope = scope;
        this.path = path;
        this.line = line;
        this.entries = SectionEntries.read(scope, path, mapping);
        scope.add(this);
    }

    /** Returns the top of a file; a file that is not a mapping is a mistake. */
    static SettingsSection root(SettingsScope scope, @Nullable Node node) {
        if (node == null) {
            return new SettingsSection(scope, "", 1, null);
        }
        int line = node.getStartMark().getLine() + 1;
        Entry entry = new Entry(scope.line(line), node);
        boolean mapping = entry.isMapping();
        if (!mapping && !entry.isNothing()) {
            scope.mistakes().add(entry.origin(), "", "expected settings, 'key: value', got " + entry.describe(""));
        }
        return new SettingsSection(scope, "", 1, mapping ? (MappingNode) node : null);
    }

    /** Asks for a text. */
    public Setting<String> string(String key, TextRule rule) {
        return scalar(key, rule.words(), text -> Optional.of(text).filter(rule::accepts));
    }

    /** Asks for a whole number; underscores may group digits. */
    public Setting<Integer> integer(String key, Range range) {
        return scalar(key, "a whole number, " + range, text -> SettingText.integer(text)
                .filter(range::contains)
                .map(Math::toIntExact));
    }

    /** Asks for a decimal number, both bounds inclusive. */
    public Setting<Double> decimal(String key, double least, double most) {
        return scalar(key, "a number, " + least + " to " + most, text -> SettingText.decimal(text)
                .filter(value -> value >= least && value <= most));
    }

    /** Asks for a duration with its unit: {@code 20ms}, {@code 1s}, {@code 2m}, {@code 1h}; bounds in milliseconds. */
    public Setting<Duration> duration(String key, Range milliseconds) {
        return scalar(
                key,
                "a duration with its unit (20ms, 1s, 2m), " + milliseconds + " ms",
                text -> SettingText.duration(text).filter(value -> milliseconds.contains(value.toMillis())));
    }

    /** Asks for {@code true} or {@code false}. */
    public Setting<Boolean> flag(String key) {
        return choice(key, List.of(true, false), String::valueOf);
    }

    /**
     * Asks for one of several values.
     *
     * @param name how each of them is written
     */
    public <T> Setting<T> choice(String key, Collection<T> options, Function<? super T, String> name) {
        return scalar(
                key, "one of " + String.join(", ", options.stream().map(name).toList()), text -> options.stream()
                        .filter(option -> name.apply(option).equals(text))
                        .findFirst());
    }

    /**
     * Asks for a path; an empty text gives the empty path.
     *
     * @param base what a relative path of the file is relative to; one of an override is relative to the working
     *     directory
     */
    public Setting<Path> path(String key, Path base) {
        boolean asIs = scope.override(pathOf(key)).isPresent();
        return scalar(key, "a path", text -> SettingText.path(text)
                .map(path -> asIs || text.isEmpty() ? path : base.resolve(path).normalize()));
    }

    /** Asks for a list of texts, or one text alone; in an override they are separated by commas. */
    public Setting<List<String>> strings(String key, TextRule rule) {
        Optional<Entry> entry = entry(key);
        if (entry.isEmpty()) {
            return missing(key, "a list");
        }
        if (entry.get().origin().isOverride()) {
            return checked(key, Arrays.asList(entry.get().text().split(",")), rule);
        }
        boolean alone = entry.get().isScalar();
        if (!alone && !entry.get().isSequence()) {
            return wrong(entry.get(), key, "a list");
        }
        List<String> texts = new ArrayList<>();
        List<Entry> items = SectionEntries.items(scope, entry.get());
        for (int index = 0; index < items.size(); index++) {
            String name = alone ? key : key + "[" + index + "]";
            read(items.get(index), name, rule.words(), text -> Optional.of(text).filter(rule::accepts))
                    .optional()
                    .ifPresent(texts::add);
        }
        return texts.size() == items.size() ? Setting.of(List.copyOf(texts)) : Setting.wrong();
    }

    private Setting<List<String>> checked(String key, List<String> texts, TextRule rule) {
        if (texts.stream().allMatch(rule::accepts)) {
            return Setting.of(List.copyOf(texts));
        }
        scope.mistakes().add(Origin.override(), pathOf(key), "expected " + rule.words() + ", separated by commas");
        return Setting.wrong();
    }

    /** Returns whether a key is given, rightly or not; it is a known one then. */
    public boolean has(String key) {
        return entry(key).isPresent();
    }

    /**
     * Notes a mistake of a setting that may be right by itself but not beside the others.
     *
     * @param what the rule and what was found
     */
    public void mistake(String key, String what) {
        scope.mistakes().add(entry(key).map(Entry::origin).orElseGet(() -> scope.line(line)), pathOf(key), what);
    }

    /** Asks for a section; never null. */
    public SettingsSection section(String key) {
        Optional<Entry> entry = entry(key);
        if (entry.isPresent() && !entry.get().isNothing() && !entry.get().isMapping()) {
            wrong(entry.get(), key, "a section (" + pathOf(key) + ".KEY)");
        }
        MappingNode mapping = entry.filter(Entry::isMapping)
                .map(found -> (MappingNode) found.node())
                .orElse(null);
        int start = entry.map(found -> found.origin().line()).orElse(line);
        return new SettingsSection(scope, pathOf(key), start, mapping);
    }

    /** Returns whether a key holds a section, in the file and not overridden; the key is a known one then. */
    public boolean hasSection(String key) {
        return entry(key).filter(Entry::isMapping).isPresent();
    }

    /** Returns the keys that are written in this section, or else those that were asked for. */
    public Set<String> keys(boolean written) {
        return Set.copyOf(written ? entries.keySet() : known);
    }

    /** Asks for a list of sections; empty if it was not given. Overrides do not reach into it. */
    public List<SettingsSection> sections(String key) {
        return sections(key, "");
    }

    /**
     * Asks for a list of sections; empty if it was not given. Overrides do not reach into it, but may replace it by texts.
     *
     * @param shorthand an item that is a text counts as a section with that key alone; empty to have texts refused
     */
    public List<SettingsSection> sections(String key, String shorthand) {
        Optional<Entry> entry = entry(key);
        if (entry.isEmpty() || entry.get().isNothing()) {
            return List.of();
        }
        boolean overridden = entry.get().origin().isOverride() && !shorthand.isEmpty();
        if (!overridden && !entry.get().isSequence()) {
            wrong(entry.get(), key, "a list of sections");
            return List.of();
        }
        List<SettingsSection> sections = new ArrayList<>();
        for (Entry item : SectionEntries.items(scope, entry.get())) {
            sections.add(section(item, key + "[" + sections.size() + "]", shorthand));
        }
        return List.copyOf(sections);
    }

    private SettingsSection section(Entry item, String name, String shorthand) {
        boolean isShort = !shorthand.isEmpty() && item.isScalar();
        if (!isShort && !item.isMapping()) {
            wrong(item, name, "a section");
        }
        MappingNode mapping = item.isMapping() ? (MappingNode) item.node() : null;
        SettingsSection section =
                new SettingsSection(scope, pathOf(name), item.origin().line(), mapping);
        if (isShort) {
            section.entries.put(shorthand, item);
        }
        return section;
    }

    /** Takes this section as {@link #texts} does, unchecked; a key without a value has the empty text. */
    public Map<String, String> textsOrNothing() {
        Map<String, String> all = new LinkedHashMap<>();
        entries.forEach((key, entry) -> all.put(key, ""));
        entries.values().removeIf(Entry::isNothing);
        all.putAll(texts(TextCheck.NONE));
        return all;
    }

    /** Takes this section as texts under any keys, of which points are part; what the check objects to is a mistake. */
    public Map<String, String> texts(TextCheck check) {
        anyKey = true;
        Map<String, String> texts = new LinkedHashMap<>();
        entries.forEach((key, entry) -> read(entry, key, "a text ('a.b: text' for nested keys)", Optional::of)
                .optional()
                .ifPresent(text -> texts.put(key, text)));
        texts.putAll(scope.overridesWithin(path));
        texts.forEach((key, text) -> check.mistake(key, text).ifPresent(what -> {
            Origin origin = entry(key).map(Entry::origin).orElseGet(Origin::override);
            scope.mistakes().add(origin, pathOf(key), what);
        }));
        return texts;
    }

    private Optional<Entry> entry(String key) {
        known.add(key);
        return scope.override(pathOf(key)).map(Entry::override).or(() -> Optional.ofNullable(entries.get(key)));
    }

    private <T> Setting<T> scalar(String key, String words, Function<String, Optional<T>> parse) {
        Optional<Entry> entry = entry(key);
        return entry.isEmpty() ? missing(key, words) : read(entry.get(), key, words, parse);
    }

    private <T> Setting<T> read(Entry entry, String key, String words, Function<String, Optional<T>> parse) {
        if (!entry.isScalar()) {
            return wrong(entry, key, words);
        }
        List<String> misplaced = new ArrayList<>();
        boolean literal = entry.origin().isOverride();
        boolean secret = Secrets.mayBe(pathOf(key));
        String text = literal ? entry.text() : scope.placeholders().replace(entry.text(), secret, misplaced::add);
        misplaced.forEach(what -> scope.mistakes().add(entry.origin(), pathOf(key), what));
        if (!misplaced.isEmpty()) {
            return Setting.wrong();
        }
        Optional<T> value = parse.apply(text);
        if (value.isEmpty()) {
            String got = "expected " + words + ", got " + Secrets.quote(pathOf(key), text);
            scope.mistakes().add(entry.origin(), pathOf(key), got);
        }
        return value.map(Setting::of).orElseGet(Setting::wrong);
    }

    private <T> Setting<T> missing(String key, String words) {
        return Setting.missing(
                () -> scope.mistakes().add(scope.line(line), pathOf(key), "expected " + words + ", got nothing"));
    }

    private <T> Setting<T> wrong(Entry entry, String key, String words) {
        scope.mistakes().add(entry.origin(), pathOf(key), "expected " + words + ", got " + entry.describe(pathOf(key)));
        return Setting.wrong();
    }

    private String pathOf(String key) {
        return SectionEntries.path(path, key);
    }

    /** Adds a mistake for every key that nobody asked for. */
    void reportUnknown() {
        if (anyKey) {
            return;
        }
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                scope.mistakes().add(entry.origin(), pathOf(key), SettingsScope.unknown(key, known));
            }
        });
    }
}
