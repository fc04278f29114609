package dev.glosstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceSectionsTest {
    private static final Path PROJECT = Path.of("/project");
    private static final String SMALLEST = "applicationId: app\nmodels: {sentiment: models/s}\n";

    private static PipelineSettings read(String text) {
        return PipelineFile.pipeline(SettingsFile.parse("p.yaml", SMALLEST + text, Map.of(), List.of()), PROJECT);
    }

    @Test
    void shouldReadTextEventsOfTheInputTopicIfNothingIsSaid() {
        PipelineSettings settings = read("topics: {input: mine}\n");

        assertThat(settings.sources()).containsExactly(SourceSettings.textEvents("mine"));
        assertThat(settings.output()).isEqualTo(new OutputSettings(OutputMode.WRAP, "nlp", true));
    }

    @Test
    void shouldReadSourcesOfEveryFormat() {
        PipelineSettings settings = read(
                """
                sources:
                  - topics: [tickets, orders]
                    format: avro
                    schemas: [schemas/ticket.avsc, /abs/order.avsc]
                    text: ['payload.subject?', payload.message.body]
                    id: number
                    language: lang?
                    time: placed
                    attributes: {stars: rating.stars}
                  - pattern: 'reviews-.*'
                    format: json
                    text: comments[].text
                  - {topics: own, format: text-event}
                output: {mode: append, field: labels}
                """);

        SourceSettings tickets = settings.sources().get(0);
        assertThat(tickets.topics()).isEqualTo(SourceTopics.named("tickets", "orders"));
        assertThat(tickets.schemas())
                .containsExactly(Path.of("/project/schemas/ticket.avsc"), Path.of("/abs/order.avsc"));
        assertThat(tickets.fields().texts()).hasToString("[payload.subject?, payload.message.body]");
        assertThat(tickets.fields().id()).contains(FieldPath.of("number"));
        assertThat(tickets.fields().attributes()).containsEntry("stars", FieldPath.of("rating.stars"));
        assertThat(tickets.fields().hasSeveralTexts()).isTrue();
        SourceSettings reviews = settings.sources().get(1);
        assertThat(reviews.topics().contain("reviews-eu")).isTrue();
        assertThat(reviews.topics().contain("my-reviews-eu")).isFalse();
        assertThat(reviews.fields().hasSeveralTexts()).isTrue();
        assertThat(settings.sources().get(2)).isEqualTo(SourceSettings.textEvents("own"));
        assertThat(settings.output()).isEqualTo(new OutputSettings(OutputMode.APPEND, "labels", true));
    }

    @Test
    void shouldReportEveryMistakeWithItsLine() {
        String text =
                """
                topics: {input: x}
                sources:
                  - topics: [a]
                    pattern: b
                    format: json
                  - pattern: '['
                    format: jsno
                    text: a..b
                  - topics: [c]
                    format: avro
                    text: body
                    id: tags[]
                  - topics: [d]
                    format: string
                    text: body
                    schemas: [x.avsc]
                    txet: y
                output: {mode: apend, field: 1x}
                """;

        ConfigException mistakes = catchThrowableOfType(ConfigException.class, () -> read(text));

        assertThat(mistakes.mistakes())
                .containsExactly(
                        "p.yaml:3: topics.input: expected nothing beside sources, which name their topics, got a topic;"
                                + " remove one",
                        "p.yaml:5: sources[0].topics: expected a list of topics or a pattern, got both",
                        "p.yaml:5: sources[0].text: expected " + FieldPath.RULE.words() + ", got nothing",
                        "p.yaml:8: sources[1].pattern: expected a regular expression that is complete in itself, got '['",
                        "p.yaml:9: sources[1].format: expected one of text-event, avro, json, string, got 'jsno'",
                        "p.yaml:10: sources[1].text: expected " + FieldPath.RULE.words() + ", got 'a..b'",
                        "p.yaml:11: sources[2].schemas: expected the files of the schemas that values are written with, or"
                                + " registry.url, got nothing",
                        "p.yaml:14: sources[2].id: expected a path to one value, got 'tags[]', which leads to the"
                                + " elements of a list",
                        "p.yaml:17: sources[3].text: expected nothing in format 'string', which needs no paths, got one;"
                                + " remove it",
                        "p.yaml:18: sources[3].schemas: expected nothing in format 'string', got files; remove it",
                        "p.yaml:19: sources[3].txet: expected a known key, got this one; did you mean 'text'?",
                        "p.yaml:20: output.mode: expected one of wrap, append, got 'apend'",
                        "p.yaml:20: output.field: expected " + OutputSettings.FIELD.words() + ", got '1x'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{topics: [a, b], format: string}, {topics: b, format: text-event}]|each topic once, got 'b' twice",
                "[{topics: dead-letters, format: string}]|no output topic of the pipeline, got 'dead-letters'",
                "[{pattern: '.*-labels', format: string}]|no output topic of the pipeline, got 'sentiment-labels'",
                "[{pattern: 'app-.*', format: string}]|no internal topic of the pipeline",
                "[]|expected at least one source",
                "[{pattern: '(a)-x', format: string}, {pattern: '(c)-\\1', format: string}]|source /(c)-\\1/:"
                        + " expected no reference to a group by its number",
                "[{pattern: '(?<s>a)x', format: string}, {pattern: '(?<s>b)x', format: string}]|source /(?<s>b)x/:"
                        + " expected names of groups that no other source has",
                "[{topics: a, format: string}, {pattern: '\\Qb', format: string}]|expected a regular expression that is"
                        + " complete in itself, got '\\Qb'",
                "[{topics: a, format: string}, {pattern: '(?x)b #c', format: string}]|expected a regular expression that"
                        + " is complete in itself, got '(?x)b #c'",
            })
    void shouldRefuseSourcesThatDoNotGoTogether(String sources, String why) {
        ConfigException mistakes =
                catchThrowableOfType(ConfigException.class, () -> read("sources: " + sources + "\n"));

        assertThat(mistakes.mistakes())
                .singleElement()
                .asString()
                .startsWith("p.yaml")
                .contains(why);
    }

    @Test
    void shouldJoinPatternsSoThatEachMeansWhatItMeansAlone() {
        List<SourceTopics> sources = List.of(
                SourceTopics.named("a.b", "c"),
                SourceTopics.matching("(?i)eu-.*|(us)-\\1"),
                SourceTopics.matching("(?<word>x+)-\\k<word>"),
                SourceTopics.matching("y|z\\\\1?"));
        Pattern joined = SourceTopics.joined(sources);

        for (String topic : List.of(
                "a.b", "aXb", "c", "C", "eu-1", "EU-1", "us-us", "us-eu", "x-x", "xx-x", "xx-xx", "X-X", "y", "Y",
                "z\\1", "z", "yz")) {
            assertThat(joined.matcher(topic).matches())
                    .as(topic)
                    .isEqualTo(sources.stream().anyMatch(source -> source.contain(topic)));
        }
    }

    @Test
    void shouldRefuseToAppendToPlainStrings() {
        ConfigException mistakes = catchThrowableOfType(
                ConfigException.class, () -> read("sources: [{topics: a, format: string}]\noutput: {mode: append}\n"));

        assertThat(mistakes.mistakes())
                .containsExactly(
                        "p.yaml: output.mode: expected wrap, because a plain string (source a) takes no further"
                                + " field, got append");
    }

    @Test
    void shouldReadThePipelineOfTheGuide() throws IOException {
        String guide = Files.readString(Path.of("docs/your-events.md"));
        String yaml = guide.substring(guide.indexOf("```yaml\n") + 8, guide.indexOf("\n```", guide.indexOf("```yaml")));

        PipelineSettings settings =
                PipelineFile.pipeline(SettingsFile.parse("guide", yaml, Map.of(), List.of()), PROJECT);

        assertThat(settings.sources())
                .singleElement()
                .satisfies(source -> assertThat(source.topics().pattern()).isEqualTo("reviews-.*"));
    }

    /** The examples in the comments of the shipped file, without their number signs. */
    @Test
    void shouldReadTheExamplesOfTheShippedFile() throws IOException {
        String shipped = Files.readString(Path.of("topology/enrichment.yaml"));
        String examples = shipped.substring(shipped.indexOf("# sources:"), shipped.indexOf("# Folders of the model"))
                .lines()
                .filter(line -> line.matches("# (sources:|output:|  .*)"))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));

        PipelineSettings settings = read(examples);

        assertThat(settings.sources()).hasSize(2);
        assertThat(settings.sources().get(1).schemas()).hasSize(2);
        assertThat(settings.output().mode()).isEqualTo(OutputMode.APPEND);
    }
}
