package dev.glosstream.train.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadLabelledLines() {
        assertThat(sentiment("a.tsv", "positive\tgood\r\nnegative\tbad, \"really\"\n\n"))
                .containsExactly("positive: good", "negative: bad, \"really\"");
    }

    @Test
    void shouldReadGoEmotionsOfOneGroup() {
        assertThat(sentiment("a.tsv", "[NAME] is fun\t3\tx1\nmixed\t1,3\tx2\nhm\t0\tx3\nso so\t2\tx4\n"))
                .containsExactly("positive: @user is fun", "neutral: so so");
    }

    @Test
    void shouldUndoTheEscapesOfSemEval() {
        assertThat(sentiment("a.tsv", "12\tneutral\tPlus\\u002c tea &amp; cake\\u2019s\t\n"))
                .containsExactly("neutral: Plus, tea & cake\u2019s");
    }

    @Test
    void shouldReadTweetEvalWithItsLabelsBesideIt() throws IOException {
        write("x_labels.txt", "0\n2\n");
        assertThat(sentiment("x_text.txt", "bad day\u2028indeed\ngood day\n"))
                .containsExactly("negative: bad day\u2028indeed", "positive: good day");
    }

    @Test
    void shouldReadNewsSentencesWhoseTargetsAgree() {
        assertThat(
                        sentiment(
                                "a.jsonl",
                                """
                        {"sentence_normalized": "One.", "targets": [{"polarity": 2.0}, {"polarity": 2.0}]}
                        {"sentence_normalized": "Two.", "targets": [{"polarity": 2.0}, {"polarity": 6.0}]}
                        """))
                .containsExactly("negative: One.");
    }

    @Test
    void shouldReadProsAndConsFromAZip() throws IOException {
        Path zip = folder.resolve("pros_cons.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a/Cons.txt"));
            out.write("<Cons>too heavy</Cons>\n".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("a/Pros.txt"));
            out.write("<Pros>light</Pros>\nnoise\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(texts(read(zip, Task.SENTIMENT))).containsExactly("negative: too heavy", "positive: light");
    }

    @Test
    void shouldJoinTokensAndCarryTagsByOffset() {
        List<CorpusExample> examples = entities(
                "a.conll", "Anna\tB-person\nLee\tI-person\nleft\tO\nRome\tB-LOC\nBonn\tB-LOC\n\nACME\tB-corporation\n");

        assertThat(examples).extracting(CorpusExample::text).containsExactly("Anna Lee left Rome Bonn", "ACME");
        assertThat(spans(examples.get(0))).containsExactly("PER Anna Lee", "LOC Rome", "LOC Bonn");
        assertThat(spans(examples.get(1))).containsExactly("ORG ACME");
    }

    @Test
    void shouldMakeTheBroadTwitterCorpusAgreeOnTheSignsOfMentions() {
        // Given a sign tagged as the name, one without its tag, and a mention without any
        String rows = "@\tB-PER\nana\tB-PER\nhi\tO\n\n@\tO\nacme\tB-ORG\n\n@\tO\nbob\tO\n\nRome\tB-LOC\n";

        List<CorpusExample> examples = read("btc:" + unchecked("a.conll", rows));

        assertThat(examples).extracting(CorpusExample::text).containsExactly("@ ana hi", "@ acme", "Rome");
        assertThat(spans(examples.get(0))).containsExactly("PER @", "PER ana");
        assertThat(spans(examples.get(1))).containsExactly("ORG @", "ORG acme");
    }

    private static List<CorpusExample> read(String source) {
        CorpusFile file = CorpusFile.resolve(source, Path.of(""), Task.ENTITIES, CorpusFile.Part.TRAINING)
                .get(0);
        return new CorpusReader(false).read(file);
    }

    @Test
    void shouldReadUniversalNerWithComments() {
        List<CorpusExample> examples =
                entities("a.iob2", "# text = x\n1\tBonn\tB-LOC\t-\t-\n2\t#\tO\t-\t-\n3\tOld\tB-O\n\n");

        assertThat(examples).extracting(CorpusExample::text).containsExactly("Bonn # Old");
        assertThat(spans(examples.get(0))).containsExactly("LOC Bonn");
    }

    @Test
    void shouldReadTheGroningenExport() throws IOException {
        Path zip = folder.resolve("gmb.csv.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("ner.csv"));
            String rows = "Sentence #,Word,POS,Tag\nSentence: 1,Caf\u00e9,NN,O\n,\"1,000\",CD,O\n,\"\"\"\",``,O\n"
                    + "Sentence: 2,Oslo,NNP,B-geo\n,Iraqi,JJ,B-gpe\n"
                    + "Sentence: 3,Prime,NNP,B-per\n,Minister,NNP,I-per\n,Ana,NNP,I-per\n,Silva,NNP,I-per\n";
            out.write(rows.getBytes(StandardCharsets.ISO_8859_1));
        }
        List<CorpusExample> examples = read(zip, Task.ENTITIES);

        assertThat(examples)
                .extracting(CorpusExample::text)
                .containsExactly("Caf\u00e9 1,000 \"", "Oslo Iraqi", "Prime Minister Ana Silva");
        assertThat(spans(examples.get(1))).containsExactly("LOC Oslo");
        assertThat(spans(examples.get(2))).as("titles are not part of names").containsExactly("PER Ana Silva");
    }

    @Test
    void shouldReadGzip() throws IOException {
        Path file = folder.resolve("a.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("positive\tgood\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(texts(read(file, Task.SENTIMENT))).containsExactly("positive: good");
    }

    @Test
    void shouldNameFileAndLineOfBadRows() throws IOException {
        Path file = write("a.tsv", "positive\tgood\nhappy\tday\nno tab\n");

        assertThatThrownBy(() -> read(file, Task.SENTIMENT))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("2 bad rows")
                .hasMessageContaining("a.tsv:2: expected a label of")
                .hasMessageContaining("a.tsv:3: expected 2 cells separated by tabs, got 1")
                .hasMessageContaining("--skip-bad-rows");
    }

    @Test
    void shouldSkipBadRowsOnRequestAndTell() throws IOException {
        Path file = write("a.conll", "Anna\tB-PER\nbroken\n\nRome\tB-LOC\n");
        CorpusReader reader = new CorpusReader(true);

        List<CorpusExample> examples = reader.read(new CorpusFile(CorpusFormat.CONLL, file));

        assertThat(examples).extracting(CorpusExample::text).containsExactly("Rome");
        assertThat(reader.problems())
                .singleElement()
                .asString()
                .contains("a.conll:2: expected a token and an IOB2 tag");
    }

    @Test
    void shouldReadIob1() {
        List<CorpusExample> examples =
                entities("a.conll", "Anna\tI-PER\nLee\tI-PER\nRome\tI-LOC\nBonn\tB-LOC\n\nUlm\tI-LOC\n");

        assertThat(spans(examples.get(0))).containsExactly("PER Anna Lee", "LOC Rome", "LOC Bonn");
        assertThat(spans(examples.get(1))).containsExactly("LOC Ulm");
    }

    @Test
    void shouldTakeAnInsideTagThatContinuesNothingForABadRow() throws IOException {
        Path file =
                write("a.conll", "x\tO\nRome\tI-LOC\n\nAnna\tB-PER\nInc\tI-ORG\n\nUlm\tB-LOC\n\nbroken\nBonn\tI-LOC\n");
        CorpusReader reader = new CorpusReader(true);

        List<CorpusExample> examples = reader.read(new CorpusFile(CorpusFormat.CONLL, file));

        assertThat(examples).extracting(CorpusExample::text).containsExactly("Ulm");
        assertThat(reader.problems())
                .hasSize(4)
                .anySatisfy(problem -> assertThat(problem)
                        .endsWith("a.conll:2: expected 'B-LOC', or a token of the same entity before it (IOB2, as other"
                                + " rows of the file), got 'I-LOC' after 'O'"))
                .anySatisfy(problem -> assertThat(problem).contains("a.conll:5: ", "got 'I-ORG' after 'B-PER'"));
    }

    @Test
    void shouldTellApartTrainingAndTestFilesOfAFolder() throws IOException {
        write("train.tsv", "positive\tgood\n");
        write("dev.tsv", "positive\tgood\n");
        write("test.tsv", "positive\tgood\n");

        assertThat(names(CorpusFile.Part.TRAINING)).containsExactly("train.tsv");
        assertThat(names(CorpusFile.Part.TEST)).containsExactly("test.tsv");
    }

    private List<String> names(CorpusFile.Part part) {
        return CorpusFile.resolve(folder.toString(), Path.of(""), Task.SENTIMENT, part).stream()
                .map(file -> file.path().getFileName().toString())
                .toList();
    }

    @Test
    void shouldSayWhatMayStandBeforeAPath() {
        assertThatThrownBy(() -> CorpusFile.resolve("nothing.tsv", folder, Task.SENTIMENT, CorpusFile.Part.TRAINING))
                .hasMessageContaining("expected a file or folder, found nothing")
                .hasMessageContaining("tsv, goemotions, semeval");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private List<String> sentiment(String name, String content) {
        return texts(read(unchecked(name, content), Task.SENTIMENT));
    }

    private List<CorpusExample> entities(String name, String content) {
        return read(unchecked(name, content), Task.ENTITIES);
    }

    private Path unchecked(String name, String content) {
        try {
            return write(name, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<CorpusExample> read(Path file, Task task) {
        return new CorpusReader(false)
                .read(CorpusFile.resolve(file.toString(), Path.of(""), task, CorpusFile.Part.TRAINING)
                        .get(0));
    }

    private static List<String> texts(List<CorpusExample> examples) {
        return examples.stream()
                .map(example -> example.label() + ": " + example.text())
                .toList();
    }

    private static List<String> spans(CorpusExample example) {
        return example.entities().stream()
                .map(entity -> entity.type() + " " + entity.textOf(example.text()))
                .toList();
    }
}
