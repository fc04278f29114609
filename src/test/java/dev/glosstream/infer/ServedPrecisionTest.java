package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.PrecisionCheck;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedPrecisionTest {
    private static final DeviceChoice GPU = new DeviceChoice(OptionalInt.of(0));
    private static final Processor FAST = new Processor(true, true, Optional.of("avx512_bf16"));
    private static final Processor PLAIN = new Processor(true, true, Optional.empty());

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, {1} of 1,000 texts the same: {2}")
    @CsvSource({
        "avx512_bf16, 995, bf16, processor has avx512_bf16; check: 99.50 % same labels",
        "amx_bf16, 1000, bf16, processor has amx_bf16; check: 100.00 % same labels",
        "avx512_bf16, 994, fp32, 'processor has avx512_bf16, but its check found 99.40 % same labels'",
        "avx512_bf16, , fp32, 'processor has avx512_bf16, but the bundle has no check of bf16; '",
        "none, 1000, fp32, processor has no bf16 instructions",
        "unknown, 1000, fp32, it is not known whether the processor has bf16 instructions",
    })
    void shouldDecideByProcessorAndCheck(String set, Integer same, String precision, String why) throws IOException {
        ModelBundle bundle = same == null ? bundle() : checked(same, 0.7);
        Processor processor =
                switch (set) {
                    case "unknown" -> Processor.UNKNOWN;
                    case "none" -> PLAIN;
                    default -> new Processor(true, true, Optional.of(set));
                };

        ServedPrecision served = ServedPrecision.of(bundle, PrecisionChoice.AUTO, DeviceChoice.CPU, processor);

        assertThat(served.code()).isEqualTo(precision);
        assertThat(served.reason()).startsWith(why);
        assertThat(served).hasToString(precision + ": " + served.reason());
    }

    @Test
    void shouldStayWithSinglePrecisionIfTheMetricFalls() throws IOException {
        assertThat(auto(checked(1000, 0.698)).code()).isEqualTo("bf16");
        assertThat(auto(checked(1000, 0.697)).code()).isEqualTo("fp32");
    }

    @Test
    void shouldDoAsItIsTold() throws IOException {
        assertThat(of(checked(1000, 0.7), PrecisionChoice.FP32, FAST)).hasToString("fp32: set");
        assertThat(of(bundle(), PrecisionChoice.BF16, FAST)).hasToString("bf16: set; processor has avx512_bf16");
        assertThat(of(bundle(), PrecisionChoice.BF16, PLAIN))
                .hasToString("bf16: set; processor has no bf16 instructions: slower than fp32");
    }

    @Test
    void shouldStayWithSinglePrecisionOnAGpu() throws IOException {
        ModelBundle bundle = checked(1000, 0.7);

        assertThat(ServedPrecision.of(bundle, PrecisionChoice.AUTO, GPU, FAST)).hasToString("fp32: it runs on gpu:0");
        assertThatThrownBy(() -> ServedPrecision.of(bundle, PrecisionChoice.BF16, GPU, FAST))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("precision 'bf16': expected device cpu, got gpu:0");
    }

    @Test
    void shouldLeaveTheProgramsOfOthersAsTheyAre() {
        ModelBundle bundle = ModelBundle.open(Path.of("src/test/resources/torchscript/bundles/sentiment-bf16"));

        assertThat(of(bundle, PrecisionChoice.AUTO, PLAIN)).hasToString("bf16: its TorchScript computes so");
        assertThat(of(bundle, PrecisionChoice.BF16, PLAIN).code()).isEqualTo("bf16");
        assertThatThrownBy(() -> of(bundle, PrecisionChoice.FP32, PLAIN))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("precision 'fp32': expected 'bf16', which the TorchScript of")
                .hasMessageContaining("export the bundle again with --precision fp32");
    }

    @Test
    void shouldReadWhatLinuxSaysOfTheProcessor() {
        assertThat(Processor.of(List.of("processor\t: 0", "flags\t\t: fpu avx512_bf16 avx512f", "bugs\t: none")))
                .isEqualTo(FAST);
        assertThat(Processor.of(List.of("flags : avx512_bf16 amx_bf16 amx_tile"))
                        .bf16())
                .contains("amx_bf16");
        assertThat(Processor.of(List.of("Features\t: fp asimd i8mm bf16")).bf16())
                .contains("bf16");
        assertThat(Processor.of(List.of("flags : fpu avx2"))).isEqualTo(PLAIN);
        // A core without it would be as slow as it is silent about it
        assertThat(Processor.of(List.of("Features : fp bf16", "Features : fp")))
                .isEqualTo(new Processor(true, false, Optional.empty()));
        assertThat(Processor.of(List.of("model name : unheard of"))).isEqualTo(Processor.UNKNOWN);
    }

    private ModelBundle bundle() {
        return TinyBundles.write(folder, Task.SENTIMENT);
    }

    private ModelBundle checked(int same, double value) throws IOException {
        bundle().check("bf16", new PrecisionCheck("dev.tsv", 1000, same, "macroF1", 0.7, value, "test"));
        return ModelBundle.open(folder);
    }

    private static ServedPrecision auto(ModelBundle bundle) {
        return of(bundle, PrecisionChoice.AUTO, FAST);
    }

    private static ServedPrecision of(ModelBundle bundle, PrecisionChoice choice, Processor processor) {
        return ServedPrecision.of(bundle, choice, DeviceChoice.CPU, processor);
    }
}
