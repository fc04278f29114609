package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.glosstream.config.ConfigException;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceDeviceTest {
    private static final DeviceChoice SECOND = new DeviceChoice(OptionalInt.of(1));

    @Test
    void shouldTakeTheProcessorAndTheGpuThatWasAskedFor() {
        assertThat(InferenceDevice.of(DeviceChoice.CPU)).isEqualTo(Device.cpu());
        assertThat(InferenceDevice.gpu(SECOND, true, 2)).isEqualTo(Device.gpu(1));
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(() -> InferenceDevice.gpu(SECOND, false, 0))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("device 'gpu:1': expected an engine built with CUDA, got libtorch for the CPU");
        assertThatThrownBy(() -> InferenceDevice.gpu(SECOND, true, 0))
                .hasMessageContaining("device 'gpu:1': expected a GPU that CUDA can use, got none");
        assertThatThrownBy(() -> InferenceDevice.gpu(SECOND, true, 1))
                .hasMessageContaining("device 'gpu:1': expected one of gpu:0 to gpu:0");
    }

    @Test
    void shouldRefuseAGpuToAnEngineForTheProcessor(@TempDir Path folder) {
        // The libtorch of the tests is that of Maven Central, which has none with CUDA.
        assertThatThrownBy(
                        () -> LoadedModel.load(TinyBundles.write(folder, Task.SENTIMENT), SECOND, PrecisionChoice.AUTO)
                                .close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("set device: cpu");
    }
}
