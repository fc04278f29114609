package dev.glosstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.sequence.Task;
import dev.glosstream.testkit.RuleModels;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLabellerTest {
    @Test
    void shouldReleaseTheScorersIfOneCannotBeMade(@TempDir Path folder) {
        RuleModels rules = RuleModels.in(folder);
        List<TaskModel> models = rules.taskModels(List.of(Task.SENTIMENT, Task.ENTITIES));
        TaskModel broken = new TaskModel(models.get(1).bundle(), () -> {
            throw new IllegalStateException("no memory for another scorer");
        });

        assertThatThrownBy(() -> new TextLabeller(
                        List.of(models.get(0), broken),
                        LimitSettings.DEFAULT,
                        BatchingSettings.DEFAULT,
                        new BatchStatistics()))
                .hasMessage("no memory for another scorer");
        assertThat(rules.openScorers()).isZero();
    }
}
