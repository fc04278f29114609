package dev.glosstream.topology;

import dev.glosstream.config.FieldPath;
import dev.glosstream.config.OutputMode;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.SourceFields;
import dev.glosstream.config.SourceFormat;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.config.SourceTopics;
import dev.glosstream.emit.SingleObjectEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Events as other people write them: schemas in {@code src/test/resources/events}, sources that read them. */
final class ForeignEvents {
    static final OutputSettings WRAP = OutputSettings.DEFAULT;
    static final OutputSettings APPEND = new OutputSettings(OutputMode.APPEND, "nlp");
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
}
