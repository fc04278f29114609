package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.OutputMode;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.SourceFields;
import dev.glosstream.config.SourceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputSchemasTest {
    private final PipelineSettings settings;

    OutputSchemasTest(@TempDir Path directory) {
        settings = PipelineDriver.settings(new TinyModels(directory), PipelineDriver.FOUR);
    }

    @Test
    void shouldNameTheSchemaOfWrappedEvents() {
        Map<String, String> schemas = OutputSchemas.of(settings);

        assertThat(schemas.keySet())
                .singleElement()
                .asString()
                .matches("dev\\.glosstream\\.avro\\.EnrichedEvent\\.[0-9a-f]{16}");
        assertThat(schemas.values()).noneMatch(schema -> schema.contains("avro.java.string"));
    }

    @Test
    void shouldDeriveTheSchemaOfEveryVersion() {
        SourceSettings reviews = ForeignEvents.avro(SourceFields.ofTexts("body"), "review-v1", "review-v2");

        Map<String, String> schemas = OutputSchemas.of(settings.withEvents(List.of(reviews), ForeignEvents.APPEND));

        assertThat(schemas.keySet()).hasSize(2).allMatch(name -> name.startsWith("com.example.shop.Review."));
        assertThat(schemas.values()).allSatisfy(schema -> assertThat(
                        new Schema.Parser().parse(schema).getField("nlp").defaultVal())
                .isNotNull());
    }

    @Test
    void shouldTellAtTheStartWhichSchemaTakesNoLabels() {
        SourceSettings reviews = ForeignEvents.avro(SourceFields.ofTexts("body"), "review-v1", "review-v2");
        PipelineSettings colliding =
                settings.withEvents(List.of(reviews), new OutputSettings(OutputMode.APPEND, "stars", true));

        ConfigException mistakes =
                catchThrowableOfType(ConfigException.class, () -> OutputSchemas.requireAppendable(colliding));

        assertThat(mistakes.mistakes())
                .hasSize(2)
                .allMatch(mistake -> mistake.startsWith(
                        "source theirs: schema 'com.example.shop.Review': expected no field" + " or alias 'stars'"));
    }
}
