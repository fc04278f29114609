package dev.glosstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceChoiceTest {
    @Test
    void shouldReadTheProcessorAndGpus() {
        assertThat(DeviceChoice.parse("cpu")).contains(DeviceChoice.CPU);
        assertThat(DeviceChoice.parse("gpu")).contains(new DeviceChoice(OptionalInt.of(0)));
        assertThat(DeviceChoice.parse("gpu:1")).contains(new DeviceChoice(OptionalInt.of(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CPU", "cuda", "gpu:", "gpu:64", "gpu:-1", "gpu:1 ", "cpu:0"})
    void shouldKnowNothingElse(String text) {
        assertThat(DeviceChoice.parse(text)).isEmpty();
    }

    @Test
    void shouldBeWrittenAsItIsRead() {
        assertThat(DeviceChoice.CPU.code()).isEqualTo("cpu");
        assertThat(DeviceChoice.parse("gpu").map(DeviceChoice::code)).contains("gpu:0");
    }
}
