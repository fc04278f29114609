package dev.glosstream.model;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Words and phrases with their classes: what a {@link LexiconColumn} looks up.
 *
 * <p>Within a phrase of several words, its first word and the others have ids of their own for each class, so that a model
 * sees where a phrase starts. In a file: gzip of UTF-8 lines {@code words of the phrase TAB class,class}, the words
 * normalised as tokens are and separated by one space.
 */
public final class Lexicon implements IdSpace {
    private static final int RESERVED = 2;
    /** Ids of a class: as a word, as the first word of a phrase, as one of the others. */
    private static final int ROLES = 3;

    private final List<String> classes;
    private final int phrases;
    private final Map<String, ClassSet> classesByPhrase;
    private final Map<String, Start> byFirstWord;

    /** Classes that some phrases have, and where they stand in the list of all. */
    private static final class ClassSet {
        private final Collection<String> names;
        /** Known when all phrases are. */
        private int[] indices = {};

        private ClassSet(Collection<String> names) {
            this.names = names;
        }
    }

    /** A word of a text, and what is listed of it and of the phrases that start with it. Immutable once it is listed. */
    public static final class Start {
        private final String word;
        private final int hash;
        private @Nullable ClassSet alone;
        /**
         * Hashes of the words that come second in a phrase, in order, and how long the longest such phrase is: most words
         * do not, and need no phrase looked up.
         */
        private int @Nullable [] seconds;

        private int @Nullable [] longest;

        private Start(String word) {
            this.word = word;
            this.hash = word.hashCode();
        }

        /** Returns how many words the longest phrase has that may start with this and another word, 1 if there is none. */
        private int longest(Start second) {
            if (seconds == null || longest == null) {
                return 1;
            }
            int found = Arrays.binarySearch(seconds, second.hash);
            return found < 0 ? 1 : longest[found];
        }

        private void goOn(SecondWords noted) {
            seconds = noted.hashes();
            longest = noted.longest();
        }
    }

    /** Phrases as they come. One thread. */
    private static final class Listing {
        private final Map<String, ClassSet> classesByPhrase = new HashMap<>();
        private final Map<String, Start> byFirstWord = new HashMap<>();
        private final Map<Start, SecondWords> seconds = new HashMap<>();
        /** Hundreds of thousands of phrases have the same few. */
        private final Map<String, ClassSet> sets = new HashMap<>();

        private int phrases;

        /** Returns the set of some classes. */
        ClassSet set(String joined) {
            return sets.computeIfAbsent(joined, classes -> new ClassSet(List.of(classes.split(",", -1))));
        }

        /** Lists a phrase, and returns whether it is the first time. */
        boolean add(String phrase, ClassSet of) {
            phrases++;
            int end = phrase.indexOf(' ');
            if (end < 0) {
                Start word = first(phrase);
                boolean isNew = word.alone == null;
                word.alone = of;
                return isNew;
            }
            int words = 2;
            int next = phrase.indexOf(' ', end + 1);
            String second = phrase.substring(end + 1, next < 0 ? phrase.length() : next);
            for (; next >= 0; next = phrase.indexOf(' ', next + 1)) {
                words++;
            }
            seconds.computeIfAbsent(first(phrase.substring(0, end)), first -> new SecondWords())
                    .add(second, words);
            return classesByPhrase.put(phrase, of) == null;
        }

        private Start first(String word) {
            return byFirstWord.computeIfAbsent(word, Start::new);
        }
    }

    private Lexicon(Listing listing) {
        this.phrases = listing.phrases;
        this.classesByPhrase = listing.classesByPhrase;
        this.byFirstWord = listing.byFirstWord;
        this.classes = listing.sets.values().stream()
                .flatMap(set -> set.names.stream())
                .distinct()
                .sorted()
                .toList();
        listing.sets
                .values()
                .forEach(set -> set.indices =
                        set.names.stream().mapToInt(classes::indexOf).sorted().toArray());
        listing.seconds.forEach(Start::goOn);
    }

    /**
     * Creates a lexicon.
     *
     * @param phrases words, separated by one space → classes, at least one each
     */
    public static Lexicon of(Map<String, ? extends Collection<String>> phrases) {
        Listing listing = new Listing();
        phrases.forEach((phrase, classes) -> listing.add(phrase, listing.set(String.join(",", classes))));
        return new Lexicon(listing);
    }

    /**
     * Reads a lexicon file.
     *
     * @throws BundleException if a line is not a phrase and its classes
     */
    public static Lexicon read(Path file) throws IOException {
        Listing listing = new Listing();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int tab = line.indexOf('\t');
                ClassSet of = listing.set(line.substring(tab + 1));
                if (tab < 1 || of.names.contains("") || !listing.add(line.substring(0, tab), of)) {
                    throw new BundleException("lexicon '" + file
                            + "': expected 'phrase TAB classes', each phrase once, got another line near line "
                            + listing.phrases + "; restore the bundle from where it came from");
                }
            }
        }
        return new Lexicon(listing);
    }

    /** Writes phrases as a lexicon file, in alphabetical order. */
    public static void write(Map<String, ? extends Collection<String>> phrases, Path file) throws IOException {
        try (BufferedWriter writer = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (Map.Entry<String, ? extends Collection<String>> entry : new TreeMap<>(phrases).entrySet()) {
                writer.write(entry.getKey() + "\t" + String.join(",", new TreeSet<>(entry.getValue())) + "\n");
            }
        }
    }

    /** Looks a word up, to be handed to {@link #match}; it may be kept and used for any text. */
    public Start start(String word) {
        Start listed = byFirstWord.get(word);
        return listed == null ? new Start(word) : listed;
    }

    /**
     * Returns the ids of each word of a text: those of the word alone and of the longest phrases that start at or reach over
     * it, each at most once, in ascending order of where the phrase starts.
     *
     * @param words of the text, normalised, as {@link #start} returned them
     * @param width ids per word, {@code W}; further ones are left out, and where there are fewer the rest is {@link #PAD_ID}
     * @return {@code [T, W]}, row-major
     */
    public int[] match(Start[] words, int width) {
        int[] ids = new int[words.length * width];
        for (int start = 0; start < words.length; start++) {
            Start first = words[start];
            int left = words.length - start;
            int longest = left < 2 ? 1 : Math.min(first.longest(words[start + 1]), left);
            for (int length = longest; length > 1; length--) {
                ClassSet found = classesByPhrase.get(phrase(words, start, length));
                if (found != null) {
                    mark(ids, width, start, length, found.indices);
                    // After the longest phrase only the word itself is of interest.
                    break;
                }
            }
            if (first.alone != null) {
                mark(ids, width, start, 1, first.alone.indices);
            }
        }
        return ids;
    }

    /**
     * Returns ids as {@link #match} returns them, without those of phrases of several words: these say something of the words
     * around.
     *
     * @param ids {@code [T, W]}, row-major; not changed
     * @param width {@code W}
     */
    public static int[] ofWordsAlone(int[] ids, int width) {
        int[] alone = new int[ids.length];
        for (int index = 0; index < ids.length; index++) {
            if (ids[index] >= RESERVED && (ids[index] - RESERVED) % ROLES == 0) {
                add(alone, width, index / width, ids[index]);
            }
        }
        return alone;
    }

    private static String phrase(Start[] words, int start, int length) {
        StringBuilder phrase = new StringBuilder(words[start].word);
        for (int index = start + 1; index < start + length; index++) {
            phrase.append(' ').append(words[index].word);
        }
        return phrase.toString();
    }

    private static void mark(int[] ids, int width, int start, int length, int[] classes) {
        for (int offset = 0; offset < length; offset++) {
            int role = length == 1 ? 0 : offset == 0 ? 1 : 2;
            for (int each : classes) {
                add(ids, width, start + offset, RESERVED + ROLES * each + role);
            }
        }
    }

    private static void add(int[] ids, int width, int word, int id) {
        for (int index = word * width; index < (word + 1) * width; index++) {
            if (ids[index] == id) {
                return;
            }
            if (ids[index] == PAD_ID) {
                ids[index] = id;
                return;
            }
        }
    }

    /** Returns the id that a class has for a word of its own. */
    @Override
    public int id(String entry) {
        int index = classes.indexOf(entry);
        return index < 0 ? UNKNOWN_ID : RESERVED + ROLES * index;
    }

    @Override
    public int size() {
        return RESERVED + ROLES * classes.size();
    }

    /** Returns the names of the classes, in the order of their ids. */
    public List<String> classes() {
        return classes;
    }

    @Override
    public String toString() {
        return "Lexicon[" + phrases + " phrases, " + classes.size() + " classes]";
    }
}
