package dev.glosstream.train.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Names of one entity type, by their number of words. */
public final class NameList {
    private final TreeMap<Integer, List<String>> byWords = new TreeMap<>();

    private NameList() {}

    /**
     * Reads files of one name a line (of a csv file, the first column), plain or in gzip.
     *
     * @throws CorpusException if they hold no name
     */
    public static NameList read(List<Path> files) {
        NameList names = new NameList();
        for (Path file : files) {
            boolean csv = file.getFileName().toString().contains(".csv");
            for (String line : CorpusLines.read(file)) {
                names.add(csv ? line.split(",", 2)[0] : line);
            }
        }
        if (names.byWords.isEmpty()) {
            throw new CorpusException("name lists " + files + ": expected at least one name, found none");
        }
        return names;
    }

    private void add(String line) {
        String name = line.trim();
        if (!name.isEmpty()) {
            byWords.computeIfAbsent(name.split(" +").length, words -> new ArrayList<>())
                    .add(name);
        }
    }

    /** Returns a name of that many words, or of the nearest number of words below or else above. */
    public String pick(int words, Random random) {
        Map.Entry<Integer, List<String>> entry = byWords.floorEntry(words);
        List<String> names = entry == null ? byWords.firstEntry().getValue() : entry.getValue();
        return names.get(random.nextInt(names.size()));
    }
}
