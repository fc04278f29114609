package dev.glosstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.emit.SingleObjectEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compatibility rule of {@code schemas/README.md}, for each schema of the project. */
class SchemaHistoryTest {
    private static final Path SCHEMAS = Path.of("schemas");
    private static final int SAMPLES = 100;
    private static final long SEED = 11;

    static Stream<Schema> current() throws IOException {
        SchemaParser parser = new SchemaParser();
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".avsc"))
                    .sorted()
                    .toList()) {
                parser.parse(file);
            }
        }
        return parser.getParsedNamedSchemas().stream();
    }

    @Test
    void shouldCoverEverySchemaFile() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            assertThat(current().map(schema -> schema.getName() + ".avsc"))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".avsc"))
                                    .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("current")
    void shouldKeepTheCurrentSchemaAsTheNewestVersion(Schema schema) {
        List<Schema> versions = SchemaHistory.of(schema.getName());

        assertThat(versions.get(versions.size() - 1).toString())
                .as(
                        "schemas/history/%s.v%d.avsc; after a change add the next version",
                        schema.getName(), versions.size())
                .isEqualTo(schema.toString());
    }

    @ParameterizedTest
    @MethodSource("current")
    void shouldReadWhatEveryVersionWrote(Schema schema) throws IOException {
        for (Schema written : SchemaHistory.of(schema.getName())) {
            for (Object datum : new RandomData(written, SAMPLES, SEED)) {
                byte[] bytes = write(written, datum);
                SpecificDatumReader<Object> reader =
                        new SpecificDatumReader<>(written, generated(schema), new GeneratedRecords());

                Object read = reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));

                assertThat(read).isInstanceOf(SpecificRecord.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("current")
    void shouldComeBackFromSingleObjectEncoding(Schema schema) throws IOException {
        GeneratedRecords model = new GeneratedRecords();
        Class<?> type = model.getClass(schema);
        GeneratedDecoder<? extends SpecificRecord> decoder =
                GeneratedRecords.decoder(type.asSubclass(SpecificRecord.class));
        SingleObjectEncoder encoder = new SingleObjectEncoder();
        SpecificDatumReader<SpecificRecord> reader =
                new SpecificDatumReader<>(schema, generated(schema), new GeneratedRecords());
        for (Object datum : new RandomData(schema, SAMPLES, SEED)) {
            SpecificRecord record = reader.read(null, DecoderFactory.get().binaryDecoder(write(schema, datum), null));

            byte[] encoded = encoder.encode("topic", record);

            assertThat(encoded).startsWith(0xC3, 0x01);
            assertThat((Object) decoder.decode(encoded)).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @MethodSource("current")
    void shouldDocumentEveryField(Schema schema) {
        assertThat(undocumented(schema)).isEmpty();
    }

    @Test
    void shouldSayWhichSchemaHasNoHistory() {
        assertThatThrownBy(() -> SchemaHistory.of("Nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Nothing'");
    }

    private static List<String> undocumented(Schema schema) {
        List<String> missing = new ArrayList<>();
        if (schema.getDoc() == null) {
            missing.add(schema.getName());
        }
        for (Schema.Field field : schema.getFields()) {
            if (field.doc() == null || !field.doc().endsWith(".")) {
                missing.add(schema.getName() + "." + field.name());
            }
        }
        return missing;
    }

    private static Schema generated(Schema schema) {
        GeneratedRecords model = new GeneratedRecords();
        return model.getSchema(model.getClass(schema));
    }

    private static byte[] write(Schema schema, Object datum) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        GenericDatumWriter<Object> writer = datum instanceof SpecificRecord
                ? new SpecificDatumWriter<>(schema, new GeneratedRecords())
                : new GenericDatumWriter<>(schema);
        writer.write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
