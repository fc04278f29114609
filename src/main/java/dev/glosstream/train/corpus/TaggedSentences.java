package dev.glosstream.train.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.glosstream.sequence.Entity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads corpora that come as tokens with IOB2 or IOB1 tags: the tokens are joined with single spaces, the entities become
 * character offsets of that text, so that the project's own tokenizer can cut it again.
 *
 * <p>Types become what the file's {@link LabelMap} says; those that it drops are outside.
 */
final class TaggedSentences {
    private static final ObjectReader CSV = new CsvMapper().readerFor(String[].class);

    private final CorpusFile file;
    private final List<String> problems;
    private final List<CorpusExample> examples = StoredExamples.create();
    private final List<Entity> entities = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final TagScheme scheme = new TagScheme();
    private @Nullable String openType;
    private int openStart;
    private int openEnd;
    private boolean broken;
    private int untaggedSign = -1;

    private static final Set<String> TITLES = Set.of(
            "president",
            "vice",
            "prime",
            "minister",
            "mr.",
            "mrs.",
            "ms.",
            "dr.",
            "senator",
            "secretary",
            "general",
            "chancellor",
            "king",
            "queen",
            "prince",
            "pope",
            "judge",
            "ambassador",
            "governor",
            "foreign",
            "spokesman",
            "colonel",
            "lieutenant",
            "captain",
            "major",
            "ayatollah",
            "cardinal",
            "secretary-general",
            "sen.",
            "rep.");

    private TaggedSentences(CorpusFile file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    static List<CorpusExample> read(CorpusFile file, List<String> problems) {
        TaggedSentences sentences = new TaggedSentences(file, problems);
        boolean latin = file.format() == CorpusFormat.GMB;
        CorpusLines.each(
                file.path(),
                latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8,
                latin ? ".csv" : "",
                sentences::line);
        sentences.endSentence();
        sentences.leaveOutFaults();
        return sentences.examples;
    }

    /** A tag that does not fit the scheme of the file is a bad row, as one that cannot be read. */
    private void leaveOutFaults() {
        List<TagScheme.Orphan> faults = scheme.faults();
        faults.forEach(orphan -> problems.add(file.path() + ":" + orphan.line() + ": expected 'B"
                + orphan.tag().substring(1) + "', or a token of the same entity before it (IOB2, as other rows of the"
                + " file), got '" + orphan.tag() + "' after '" + orphan.previous() + "'"));
        faults.stream()
                .map(TagScheme.Orphan::sentence)
                .filter(sentence -> sentence >= 0)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .forEach(sentence -> examples.remove(sentence.intValue()));
    }

    private void line(String line, int number) {
        boolean csv = file.format() == CorpusFormat.GMB;
        if (csv && number == 1) {
            return;
        }
        if (csv && line.startsWith("Sentence:")) {
            endSentence();
        }
        if (line.isBlank()) {
            endSentence();
            return;
        }
        if (line.startsWith("-DOCSTART-") || (file.format() == CorpusFormat.UNER && line.startsWith("#"))) {
            return;
        }
        String[] cells = csv ? csvRow(line) : line.split("[\t ]", -1);
        int tokenCell = file.format() == CorpusFormat.CONLL || file.format() == CorpusFormat.BTC ? 0 : 1;
        int tagCell = file.format() == CorpusFormat.UNER ? 2 : cells.length - 1;
        if (tagCell <= tokenCell || tagCell >= cells.length || cells[tokenCell].isEmpty() || !isTag(cells[tagCell])) {
            problems.add(
                    file.path() + ":" + number + ": expected a token and an IOB2 tag, got " + cells.length + " cells");
            broken = true;
            return;
        }
        scheme.tag(cells[tagCell], number);
        try {
            token(cells[tokenCell], cells[tagCell]);
        } catch (CorpusException e) {
            problems.add(file.path() + ":" + number + ": " + e.getMessage());
            broken = true;
        }
    }

    private static String[] csvRow(String line) {
        try {
            return CSV.readValue(line);
        } catch (JsonProcessingException e) {
            return new String[0];
        }
    }

    private static boolean isTag(String cell) {
        return cell.matches("O|[BI](-.+)?");
    }

    private void token(String token, String tag) {
        if (text.length() > 0) {
            text.append(' ');
        }
        String type = isTitle(token, tag) ? null : type(tag);
        boolean continues = tag.startsWith("I") && type != null && type.equals(openType);
        if (file.format() == CorpusFormat.BTC) {
            mention(token, type);
        }
        if (!continues) {
            closeEntity();
            openType = type;
            openStart = text.length();
        }
        text.append(token);
        openEnd = text.length();
    }

    /** Tags the sign of a mention as the name after it; a mention without a tag makes the sentence useless. */
    private void mention(String token, @Nullable String type) {
        if (untaggedSign >= 0 && type != null) {
            entities.add(new Entity(type, untaggedSign, untaggedSign + 1, 1));
        } else if (untaggedSign >= 0) {
            broken = true;
        }
        untaggedSign = token.equals("@") && type == null ? text.length() : -1;
    }

    /** Whether a token is one of the titles that the Groningen Meaning Bank counts as part of a name and others do not. */
    private boolean isTitle(String token, String tag) {
        return file.format() == CorpusFormat.GMB
                && tag.endsWith("-per")
                && !"PER".equals(openType)
                && TITLES.contains(token.toLowerCase(Locale.ROOT));
    }

    private @Nullable String type(String tag) {
        return tag.length() > 2 ? file.labels().ofType(tag.substring(2)) : null;
    }

    private void closeEntity() {
        if (openType != null) {
            entities.add(new Entity(openType, openStart, openEnd, 1));
            openType = null;
        }
    }

    private void endSentence() {
        closeEntity();
        boolean kept = text.length() > 0 && !broken;
        scheme.endSentence(kept ? examples.size() : -1);
        if (kept) {
            examples.add(CorpusExample.ofEntities(text.toString(), entities));
        }
        text.setLength(0);
        entities.clear();
        broken = false;
        untaggedSign = -1;
    }
}
