package dev.glosstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceChoiceTest {
    @Test
    void shouldReadTheProcessorAndGpus() {
        assertThat(DeviceChoice.parse("cpu")).isEqualTo(DeviceChoice.CPU);
        assertThat(DeviceChoice.parse("gpu")).isEqualTo(new DeviceChoice(OptionalInt.of(0)));
        assertThat(DeviceChoice.parse("gpu:1")).isEqualTo(new DeviceChoice(OptionalInt.of(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CPU", "cuda", "gpu:", "gpu:64", "gpu:-1", "gpu:1 ", "cpu:0"})
    void shouldKnowNothingElse(String text) {
        assertThatThrownBy(() -> DeviceChoice.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("device: expected 'cpu', 'gpu' or 'gpu:N'");
    }

    @Test
    void shouldBeASettingOfThePipeline() {
        Path file = Path.of("topology/enrichment.yaml");

        assertThat(PipelineFile.read(file, Map.of(), List.of()).device()).isEqualTo(DeviceChoice.CPU);
        assertThat(PipelineFile.read(file, Map.of("GLOSSTREAM_DEVICE", "gpu:1"), List.of())
                        .device()
                        .code())
                .isEqualTo("gpu:1");
        assertThatThrownBy(() -> PipelineFile.read(file, Map.of(), List.of("device=cuda")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("device: expected 'cpu', 'gpu' or 'gpu:N' with N from 0 to 63, got 'cuda'");
    }

    @Test
    void shouldBeWrittenAsItIsRead() {
        assertThat(DeviceChoice.CPU.code()).isEqualTo("cpu");
        assertThat(DeviceChoice.parse("gpu").code()).isEqualTo("gpu:0");
    }
}
