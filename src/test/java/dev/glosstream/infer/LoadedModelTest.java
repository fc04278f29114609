package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadedModelTest {
    private static final Path TORCHSCRIPT = Path.of("src/test/resources/torchscript/bundles/sentiment-bf16");

    @TempDir
    private Path folder;

    private enum Loading {
        OPERATORS,
        PROGRAM,
        PORTABLE_PROGRAM,
        TORCHSCRIPT
    }

    private LoadedModel load(Loading loading) {
        return switch (loading) {
            case OPERATORS -> LoadedModel.load(tiny());
            case PROGRAM -> LoadedModel.load(tiny(), DeviceChoice.CPU, PrecisionChoice.FP32);
            case PORTABLE_PROGRAM -> LoadedModel.loadPortable(tiny(), PrecisionChoice.FP32);
            case TORCHSCRIPT -> LoadedModel.load(ModelBundle.open(TORCHSCRIPT));
        };
    }

    private ModelBundle tiny() {
        return TinyBundles.write(folder, Task.SENTIMENT);
    }

    /** Weights that are let go by a garbage collection alone are in memory for as long as none is needed. */
    @ParameterizedTest
    @EnumSource
    void shouldLetGoOfTheWeightsWhenItIsClosed(Loading loading) {
        LoadedModel model = load(loading);
        PaddedBatch batch = new PaddedBatch(MixedRows.of(model.bundle()));
        SequenceScorer scorer = model.newScorer();
        assertThat(scorer.score(batch)).hasSize(batch.batchSize());

        model.close();

        assertThatThrownBy(() -> scorer.score(batch))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed already");
    }
}
