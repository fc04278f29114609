package dev.glosstream.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the sections of one settings file share: its name, variables, overrides and mistakes. One thread. */
final class SettingsScope {
    private final String source;
    private final Placeholders placeholders;
    private final Map<String, String> overrides = new LinkedHashMap<>();
    private final Set<String> usedOverrides = new TreeSet<>();
    private final Set<String> knownPaths = new TreeSet<>();
    private final List<SettingsSection> sections = new ArrayList<>();
    private final Mistakes mistakes = new Mistakes();

    /** Creates a scope; an override without {@code =} is its first mistake. */
    SettingsScope(String source, Map<String, String> variables, List<String> overrides) {
        this.source = source;
        this.placeholders = new Placeholders(variables);
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                mistakes.add(
                        Origin.override(),
                        "",
                        Secrets.quote(override, override) + ": expected key=value, got no key or no '='");
            } else {
                this.overrides.put(override.substring(0, equals).strip(), override.substring(equals + 1));
            }
        }
    }

    /** Returns the name of the file. */
    String source() {
        return source;
    }

    /** Returns the mistakes found so far. */
    Mistakes mistakes() {
        return mistakes;
    }

    /** Returns the replacement of placeholders. */
    Placeholders placeholders() {
        return placeholders;
    }

    /** Returns the origin of a value of the file. */
    Origin line(int line) {
        return new Origin(source, line);
    }

    /** Remembers a section, for the report of unknown keys. */
    void add(SettingsSection section) {
        sections.add(section);
    }

    /** Remembers that there is a setting of that dotted path, and returns its override. */
    Optional<String> override(String path) {
        knownPaths.add(path);
        String value = overrides.get(path);
        if (value != null) {
            usedOverrides.add(path);
        }
        return Optional.ofNullable(value);
    }

    /** Returns the overrides of a section in which any key is known: key within the section → value. */
    Map<String, String> overridesWithin(String section) {
        Map<String, String> within = new LinkedHashMap<>();
        overrides.forEach((path, value) -> {
            if (path.startsWith(section + ".") && path.length() > section.length() + 1) {
                usedOverrides.add(path);
                within.put(path.substring(section.length() + 1), value);
            }
        });
        return within;
    }

    /** Adds a mistake for every key and override that nobody asked for. */
    void reportUnknown() {
        sections.forEach(SettingsSection::reportUnknown);
        for (String path : overrides.keySet()) {
            if (!usedOverrides.contains(path)) {
                mistakes.add(Origin.override(), path, unknown(path, knownPaths));
            }
        }
    }

    /** Returns what to say of an unknown key. */
    static String unknown(String written, Set<String> known) {
        return "expected a known key, got this one; "
                + Nearest.to(written, known)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("known are " + String.join(", ", known));
    }
}
