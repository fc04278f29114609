package dev.glosstream.ingest;

import static dev.glosstream.ingest.SourceFixtures.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.SourceFields;
import dev.glosstream.config.SourceFormat;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.config.SourceTopics;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFormatsTest {
    private static final Path EVENTS = Path.of("src/test/resources/events");

    private static ConfigException mistakes(SourceFields fields, Path... schemas) {
        SourceSettings source =
                new SourceSettings(SourceTopics.named("theirs"), SourceFormat.AVRO, fields, List.of(schemas));
        return catchThrowableOfType(
                ConfigException.class, () -> SourceFormats.plain().open(source, OutputSettings.DEFAULT));
    }

    @Test
    void shouldTellPathsThatNoSchemaHas() {
        ConfigException mistakes = mistakes(
                fields("payload.message.bdoy payload.subject payload[].at", "nubmer", ""),
                EVENTS.resolve("ticket.avsc"));

        assertThat(mistakes.mistakes())
                .containsExactly(
                        "source theirs: expected a path that one of the source's schemas has, got"
                                + " 'payload.message.bdoy'; at 'payload.message' there are from, body, room; did you mean"
                                + " 'body'?",
                        "source theirs: expected a path that one of the source's schemas has, got 'payload[].at'; at"
                                + " 'payload' there are subject, message",
                        "source theirs: expected a path that one of the source's schemas has, got 'nubmer'; at '$' there"
                                + " are number, payload; did you mean 'number'?");
    }

    @Test
    void shouldTakeAPathThatOnlyOneVersionHas() {
        SourceSettings source = new SourceSettings(
                SourceTopics.named("theirs"),
                SourceFormat.AVRO,
                fields("body", "lang?", ""),
                List.of(EVENTS.resolve("review-v1.avsc"), EVENTS.resolve("review-v2.avsc")));

        assertThat(SourceFormats.plain().open(source, OutputSettings.DEFAULT).get())
                .isInstanceOf(AvroSource.class);
    }

    @Test
    void shouldKnowNothingOfSchemasThatOnlyARegistryHas() {
        SourceSettings source = new SourceSettings(
                SourceTopics.named("theirs"), SourceFormat.AVRO, fields("body $", "id", ""), List.of());

        assertThat(SourceFormats.schemas(source)).isEmpty();
    }

    @Test
    void shouldTellFilesThatHoldNoSchema(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.avsc"), "{\"type\": \"recrod\"}");

        assertThat(mistakes(fields("a", "", ""), broken, folder.resolve("none.avsc"))
                        .mistakes())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("schema '" + broken + "': expected one complete Avro schema"),
                        second -> assertThat(second).endsWith("none.avsc': expected a readable file, found none"));
    }

    @Test
    void shouldDecodePlainTextStrictly() {
        StringSource source = new StringSource();

        assertThat(SourceFixtures.accepted(source.decode(WireFixtures.record(
                                "key-1".getBytes(StandardCharsets.UTF_8), "hé".getBytes(StandardCharsets.UTF_8))))
                        .id())
                .isEqualTo("key-1");
        assertThat(SourceFixtures.accepted(
                                source.decode(WireFixtures.record(new byte[] {0, 0, 0, 65}, new byte[] {65})))
                        .id())
                .as("a number in binary is no id")
                .isEqualTo("text-events-3-42");
        assertThat(SourceFixtures.rejected(source.decode(WireFixtures.record(new byte[] {(byte) 0x80})))
                        .reason())
                .isEqualTo(RejectionReason.MALFORMED_TEXT);
    }

    @Test
    void shouldRefuseARecordOfATopicThatNoSourceHasAnyMore() {
        SourceRouter router =
                new SourceRouter(List.of(new SourceRouter.Route(SourceTopics.named("others"), new StringSource())));

        assertThat(SourceFixtures.rejected(router.decode(WireFixtures.record(new byte[] {65})))
                        .reason())
                .isEqualTo(RejectionReason.UNKNOWN_SOURCE);
    }
}
