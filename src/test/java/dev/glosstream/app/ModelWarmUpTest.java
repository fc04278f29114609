package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.pipeline.ModelFaultException;
import dev.glosstream.pipeline.SharedModels;
import dev.glosstream.testkit.RuleModels;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that load but cannot answer. */
class ModelWarmUpTest {
    private final PipelineSettings settings;
    private final RuleModels models;

    ModelWarmUpTest(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("p.yaml"),
                "applicationId: app\nmodels: {sentiment: models/s}\nthreads: 4\nhttp: {port: 0}\n");
        settings = PipelineFile.read(file, Map.of(), List.of());
        models = RuleModels.in(folder).sentiment("positive", "good");
    }

    @Test
    void shouldNotFailBeforeEveryThreadHasStopped() {
        try (SharedModels.Open open = models.models().open()) {
            models.breakDown();

            assertThatThrownBy(() -> ModelWarmUp.run(settings, open.models())).isInstanceOf(ModelFaultException.class);

            assertThat(models.openScorers()).isZero();
        }
    }

    @Test
    void shouldTellHealthThatTheModelsFailed() throws Exception {
        try (PipelineService service = PipelineService.open(settings)) {
            SharedModels.Open open = models.models().open();
            models.breakDown();

            assertThatThrownBy(() -> service.warm(open.models(), open::close)).isInstanceOf(ModelFaultException.class);

            URI live = URI.create(service.url().orElseThrow() + "health/live");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(live).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("ModelFaultException");
            assertThat(models.models().users()).isZero();
        }
    }
}
