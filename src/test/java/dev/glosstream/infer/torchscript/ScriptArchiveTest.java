package dev.glosstream.infer.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptArchiveTest {
    private static final ScriptArchive ARCHIVE = new ScriptArchive(
            List.of(
                    new StoredTensor("fine", new int[] {1, 2}, new float[] {1f, -2f}, Element.FLOAT32),
                    new StoredTensor("coarse", new int[] {2}, new float[] {1f, -2f}, Element.BFLOAT16)),
            "  def forward(self: __torch__.Module, x: Tensor) -> Tensor:\n    return x\n");

    @Test
    void shouldStoreWhatTorchReads() throws IOException {
        Map<String, byte[]> entries = entries(bytes());

        assertThat(entries)
                .containsOnlyKeys(
                        "network/version",
                        "network/code/__torch__.py",
                        "network/data.pkl",
                        "network/constants.pkl",
                        "network/data/0",
                        "network/data/1");
        // Little-endian: 1.0 is 0x3F800000, -2.0 is 0xC0000000
        assertThat(entries.get("network/data/0")).containsExactly(0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0);
        assertThat(entries.get("network/data/1")).containsExactly(0x80, 0x3F, 0, 0xC0);
        assertThat(new String(entries.getOrDefault("network/code/__torch__.py", new byte[0]), StandardCharsets.UTF_8))
                .contains("__buffers__ = [\"fine\", \"coarse\", ]", "  coarse : Tensor\n", "return x\n");
    }

    @Test
    void shouldWriteTheSameBytesForTheSameProgram() throws IOException {
        assertThat(bytes()).isEqualTo(bytes());
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        // Half way between two neighbours: to the even one
        "0x3F808000, 0x3F80",
        "0x3F818000, 0x3F82",
        "0x3F808001, 0x3F81",
        "0xBF807FFF, 0xBF80",
        "0x00000000, 0x0000",
        "0x80000000, 0x8000",
        // Above the largest number, infinity, and no number at all
        "0x7F7FFFFF, 0x7F80",
        "0x7F800000, 0x7F80",
        "0x7F800001, 0x7FC0",
        "0xFFFFFFFF, 0x7FC0",
    })
    void shouldRoundToTheNearestOfSixteenBits(String bits, String rounded) {
        float value = Float.intBitsToFloat(Long.decode(bits).intValue());

        assertThat(Element.bfloat16(value)).isEqualTo(Integer.decode(rounded).shortValue());
    }

    @Test
    void shouldRefuseValuesThatDoNotFillTheShape() {
        assertThatThrownBy(() -> new StoredTensor("table", new int[] {2, 3}, new float[5], Element.FLOAT32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor 'table': expected 6 values, got 5");
    }

    @Test
    void shouldNameAParameterThatIsMissing() {
        NetworkParameters parameters = new NetworkParameters();
        parameters.add("output.bias", new int[] {1}, new float[1]);

        assertThatThrownBy(() -> parameters.get("output.weight"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter 'output.weight': expected one in the network, got only [output.bias]");
    }

    private static byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ARCHIVE.write(out);
        return out.toByteArray();
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
