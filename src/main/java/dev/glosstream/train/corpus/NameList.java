package dev.glosstream.train.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Names of one entity type, by their number of words; each file counts as much as the others, however long it is. */
public final class NameList {
    /** Of each number of words, the names of each file that has such. */
    private final TreeMap<Integer, List<List<String>>> byWords = new TreeMap<>();

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
            Map<Integer, List<String>> ofFile = new TreeMap<>();
            for (String line : CorpusLines.read(file)) {
                add(csv ? line.split(",", 2)[0] : line, ofFile);
            }
            ofFile.forEach((words, list) -> names.byWords
                    .computeIfAbsent(words, each -> new ArrayList<>())
                    .add(list));
        }
        if (names.byWords.isEmpty()) {
            throw new CorpusException("name lists " + files + ": expected at least one name, found none");
        }
        return names;
    }

    private static void add(String line, Map<Integer, List<String>> ofFile) {
        String name = line.trim();
        if (!name.isEmpty()) {
            ofFile.computeIfAbsent(name.split(" +").length, words -> new ArrayList<>())
                    .add(name);
        }
    }

    /** Returns a name of that many words, or of the nearest number of words below or else above. */
    public String pick(int words, Random random) {
        Map.Entry<Integer, List<List<String>>> entry = byWords.floorEntry(words);
        List<List<String>> files = entry == null ? byWords.firstEntry().getValue() : entry.getValue();
        List<String> names = files.get(random.nextInt(files.size()));
        return names.get(random.nextInt(names.size()));
    }
}
