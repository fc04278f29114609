package dev.glosstream.topology;

import static dev.glosstream.topology.ForeignEvents.fields;
import static dev.glosstream.topology.ForeignEvents.schema;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.FieldPath;
import dev.glosstream.config.OutputMode;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.SourceFields;
import dev.glosstream.config.SourceFormat;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.config.SourceTopics;
import dev.glosstream.emit.SingleObjectEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Events as other people write them: schemas in {@code src/test/resources/events}, sources that read them. */
final class ForeignEvents {
    static final OutputSettings WRAP = OutputSettings.DEFAULT;
    static final OutputSettings APPEND = new OutputSettings(OutputMode.APPEND, "nlp", true);
    static final int HEADER_BYTES = 10;

    private static final Path FOLDER = Path.of("src/test/resources/events");

    private ForeignEvents() {}

    static Schema schema(String name) {
        try {
            return new Schema.Parser().parse(Files.readString(file(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        return FOLDER.resolve(name + ".avsc");
    }

    static SourceSettings avro(SourceFields fields, String... schemas) {
        return new SourceSettings(
                SourceTopics.named("theirs"),
                SourceFormat.AVRO,
                fields,
                Arrays.stream(schemas).map(ForeignEvents::file).toList());
    }

    static SourceSettings json(SourceFields fields) {
        return new SourceSettings(SourceTopics.named("theirs"), SourceFormat.JSON, fields, List.of());
    }

    static SourceFields fields(String text, String id, String language, String time) {
        return new SourceFields(
                Arrays.stream(text.split(" ")).map(FieldPath::of).toList(),
                path(id),
                path(language),
                path(time),
                Map.of());
    }

    private static Optional<FieldPath> path(String written) {
        return Optional.of(written).filter(path -> !path.isEmpty()).map(FieldPath::of);
    }

    static byte[] encode(GenericRecord record) {
        return new SingleObjectEncoder().frame("any", record.getSchema(), body(record));
    }

    static byte[] body(GenericRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static GenericRecord decode(Schema writer, byte[] body) {
        return decode(writer, writer, body);
    }

    static GenericRecord decode(Schema writer, Schema reader, byte[] body) {
        try {
            return new GenericDatumReader<GenericRecord>(writer, reader)
                    .read(null, DecoderFactory.get().binaryDecoder(body, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, Instant.ofEpochMilli(5000));
    }

    static GenericRecord order(String note) {
        Schema schema = schema("order");
        return new GenericRecordBuilder(schema)
                .set("id", "3b241101-e2bb-4255-8caf-4136c566a962")
                .set("placed", 1_700_000_000_123_456L)
                .set("day", 19_675)
                .set("total", ByteBuffer.wrap(new byte[] {4, 2}))
                .set(
                        "checksum",
                        new GenericData.Fixed(schema.getField("checksum").schema(), new byte[16]))
                .set(
                        "state",
                        new GenericData.EnumSymbol(schema.getField("state").schema(), "PAID"))
                .set("note", note)
                .build();
    }

    static GenericRecord comment(@Nullable String text) {
        GenericRecord comment = new GenericData.Record(
                schema("thread").getField("comments").schema().getElementType());
        comment.put("author", "x");
        comment.put("text", text);
        return comment;
    }

    static GenericRecord thread(String title, List<GenericRecord> comments, List<String> tags) {
        return new GenericRecordBuilder(schema("thread"))
                .set("title", title)
                .set("comments", comments)
                .set("tags", tags)
                .build();
    }

    /** Returns a pipeline that labels each event at once. */
    static PipelineDriver open(TinyModels models, OutputSettings output, SourceSettings... sources) {
        return new PipelineDriver(atOnce(models).withEvents(List.of(sources), output), models);
    }

    /** Returns settings of a pipeline that labels each event at once. */
    static PipelineSettings atOnce(TinyModels models) {
        return PipelineDriver.settings(models, new BatchingSettings(1, 1000, Duration.ZERO, 64));
    }
}
