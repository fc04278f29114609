package dev.glosstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file of a schema holds, the start ends with its name or goes on with its schema. */
class SchemaFilesTest {
    @TempDir
    private Path folder;

    private final List<String> mistakes = new ArrayList<>();

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path event(String name, String timeType) throws IOException {
        return file(
                name,
                "{\"type\":\"record\",\"name\":\"Event\",\"fields\":[{\"name\":\"at\",\"type\":" + timeType
                        + "},{\"name\":\"next\",\"type\":[\"null\",\"Event\"],\"default\":null}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]x",
                "{\"type\": \"recrod\"}",
                "{\"type\": \"record\", \"name\": \"R\"}",
                "{\"type\": \"record\", \"name\": 1, \"fields\": 2}",
                "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 2147483647}",
                "{\"type\": \"fixed\", \"name\": \"F\", \"size\": -1}",
                "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": 1}",
                "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"A\"]}",
                "{\"type\": \"map\", \"values\": null}",
                "[\"null\", \"null\"]",
                "[[\"null\"]]",
            })
    void shouldNameAFileThatHoldsNoSchema(String content) throws IOException {
        Path broken = file("broken.avsc", content);

        assertThat(SchemaFiles.read(List.of(broken), mistakes)).isEmpty();
        assertThat(mistakes)
                .singleElement()
                .asString()
                .startsWith("schema '" + broken + "': expected one complete Avro schema, got ")
                .doesNotContain("\n");
    }

    @Test
    void shouldNameAFileThatIsNestedTooDeeply() throws IOException {
        Path deep = file("deep.avsc", "{\"type\":\"array\",\"items\":".repeat(100_000));

        assertThat(SchemaFiles.read(List.of(deep), mistakes)).isEmpty();
        assertThat(mistakes).singleElement().asString().startsWith("schema '" + deep + "': expected");
    }

    @Test
    void shouldNameAFileThatCannotBeRead() throws IOException {
        Path folders = Files.createDirectory(folder.resolve("a.avsc"));
        Path bytes = Files.write(folder.resolve("b.avsc"), "\"string\" \u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(SchemaFiles.read(List.of(folders, bytes), mistakes)).isEmpty();
        assertThat(mistakes)
                .satisfiesExactly(
                        first -> assertThat(first).contains(folders + "': expected a readable file"),
                        second -> assertThat(second).contains(bytes + "': expected a readable file"));
    }

    @Test
    void shouldRefuseTwoFilesThatRecordsCannotTellApart() throws IOException {
        Path plain = event("plain.avsc", "\"long\"");
        Path micros = event("micros.avsc", "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}");

        List<Schema> unused = SchemaFiles.read(List.of(plain, micros), mistakes);

        assertThat(mistakes)
                .singleElement()
                .asString()
                .startsWith("schema '" + micros + "': expected ")
                .contains("'" + plain + "'", "logicalType");
    }

    @Test
    void shouldTakeFilesThatDifferInWhatIsNotRead() throws IOException {
        Path one = event("one.avsc", "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}");
        Path other = event("other.avsc", "{\"logicalType\":\"timestamp-micros\",\"type\":\"long\",\"doc\":\"x\"}");

        assertThat(SchemaFiles.read(List.of(one, other, one), mistakes)).hasSize(3);
        assertThat(mistakes).isEmpty();
    }
}
