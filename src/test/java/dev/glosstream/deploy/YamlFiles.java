package dev.glosstream.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as maps, lists and scalars; a key that stands twice is an error. */
final class YamlFiles {
    private YamlFiles() {}

    /** Returns the documents of a file, each a mapping. */
    static List<Map<String, Object>> documents(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Map<String, Object>> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(options)).loadAll(text(file)).forEach(document -> documents.add(map(document)));
        return documents;
    }

    /** Returns the only document of a file. */
    static Map<String, Object> document(Path file) {
        List<Map<String, Object>> documents = documents(file);
        if (documents.size() != 1) {
            throw new IllegalStateException(file + ": expected one document, got " + documents.size());
        }
        return documents.get(0);
    }

    /** Returns the text of a file. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files of a folder, not of those below it, whose names end so. */
    static List<Path> files(Path folder, String ending) {
        try (var found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a value that is a mapping. */
    @SuppressWarnings("unchecked") // the keys of these files are texts
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** Returns the mapping under a key, empty if there is none. */
    static Map<String, Object> map(Map<String, Object> of, String key) {
        Object value = of.get(key);
        return value == null ? Map.of() : map(value);
    }

    /** Returns the list under a key, empty if there is none. */
    static List<Object> list(Map<String, Object> of, String key) {
        Object value = of.get(key);
        return value == null ? List.of() : List.copyOf((List<?>) value);
    }
}
