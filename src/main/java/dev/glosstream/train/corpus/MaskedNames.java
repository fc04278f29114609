package dev.glosstream.train.corpus;

import dev.glosstream.sequence.Entity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Texts in which names of persons are masked, {@code [NAME]}, as GoEmotions publishes them: they show where people write
 * names, and say nothing of other entities, so those with any other word that may be a name are left out. Other names take
 * the place of the masks. One thread.
 *
 * @see <a href="https://aclanthology.org/2020.acl-main.372/">Demszky et al., "GoEmotions", 2020</a>
 */
public final class MaskedNames {
    private static final String TYPE = "PER";
    private static final String MASK = "[NAME]";
    /** Masks side by side are one name. */
    private static final Pattern MASKS = Pattern.compile("\\[NAME\\](?: \\[NAME\\])*");

    private static final Pattern OTHER_MASK = Pattern.compile("\\[[A-Z]+\\]");
    private static final Pattern QUOTES = Pattern.compile("^[\"“”'‘’(*]+");
    private static final Pattern PRONOUN = Pattern.compile("I\\b.*");
    private static final Pattern SENTENCE_END = Pattern.compile(".*[.!?:…][\"”’)*]*");
    /** Shares of single masks that become a name of two words, and of names in lower case. */
    private static final double FULL = 0.35;

    private static final double LOWER = 0.2;

    private final @Nullable NameList names;
    private final Random random;

    /**
     * Prepares to fill masks.
     *
     * @param names by entity type
     */
    public MaskedNames(Map<String, NameList> names, Random random) {
        this.names = names.get(TYPE);
        this.random = random;
    }

    static List<CorpusExample> read(CorpusFile file) {
        boolean known = file.labels().ofType(TYPE) != null;
        List<CorpusExample> examples = StoredExamples.create();
        CorpusLines.each(file.path(), StandardCharsets.UTF_8, ".txt", (line, number) -> {
            String text = line.split("\t", 2)[0].strip();
            List<Entity> masks = masks(text);
            if (known && !masks.isEmpty() && !mayNameOthers(text)) {
                examples.add(CorpusExample.ofEntities(text, masks));
            }
        });
        return examples;
    }

    private static List<Entity> masks(String text) {
        return MASKS.matcher(text)
                .results()
                .map(found -> new Entity(TYPE, found.start(), found.end(), 1))
                .toList();
    }

    /** Whether a word has a capital though it starts no sentence and is not the pronoun. */
    private static boolean mayNameOthers(String text) {
        String rest = text.replace(MASK, "x");
        boolean starts = true;
        for (String written : rest.split("\\s+", -1)) {
            String word = QUOTES.matcher(written).replaceFirst("");
            boolean quoted = word.length() < written.length();
            if (!starts && !quoted && capital(word) && !PRONOUN.matcher(word).matches()) {
                return true;
            }
            starts = SENTENCE_END.matcher(word).matches();
        }
        return OTHER_MASK.matcher(rest).find();
    }

    private static boolean capital(String word) {
        return !word.isEmpty() && Character.isUpperCase(word.codePointAt(0));
    }

    /**
     * Returns the examples with names in the place of masks; others as they are.
     *
     * @throws CorpusException if there are masks and no names of persons
     */
    public List<CorpusExample> fill(List<CorpusExample> examples) {
        if (examples.stream().noneMatch(MaskedNames::isMasked)) {
            return examples;
        }
        NameList list = names;
        if (list == null) {
            throw new CorpusException("masked names: expected names of " + TYPE
                    + " to put in, got none; give the recipe names: with files for " + TYPE);
        }
        List<CorpusExample> filled = StoredExamples.create();
        for (CorpusExample example : examples) {
            filled.add(
                    isMasked(example)
                            ? example.withMentions(mask -> name(mask.textOf(example.text()), list))
                            : example);
        }
        return filled;
    }

    private static boolean isMasked(CorpusExample example) {
        return example.entities().stream()
                .anyMatch(entity -> entity.textOf(example.text()).startsWith(MASK));
    }

    private String name(String mask, NameList list) {
        int words = mask.length() > MASK.length() || random.nextDouble() < FULL ? 2 : 1;
        String name = list.pick(words, random);
        return random.nextDouble() < LOWER ? name.toLowerCase(Locale.ROOT) : name;
    }
}
