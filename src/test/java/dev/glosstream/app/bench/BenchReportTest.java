package dev.glosstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final Latency LATENCY = Latency.of(
            "50 % of the maximum",
            100, LongStream.rangeClosed(1, 1000).map(ms -> ms * 1_000_000).toArray());

    private final BenchReport report = new BenchReport(
            Map.of("processor", "<any>"),
            Map.of("texts", "mixed"),
            rows(),
            List.of(LATENCY),
            List.of(new Scaled("threads", 1, throughput(50)), new Scaled("window", 16, throughput(40))));

    private static Map<BenchRow, List<Throughput>> rows() {
        Map<BenchRow, List<Throughput>> rows = new LinkedHashMap<>();
        rows.put(BenchRow.CEILING, List.of(throughput(100), throughput(300), throughput(200)));
        rows.put(BenchRow.END_TO_END, List.of(throughput(160), throughput(140), throughput(170)));
        rows.put(BenchRow.FIFO, List.of(throughput(80), throughput(80)));
        return rows;
    }

    private static Throughput throughput(long perSecond) {
        return new Throughput(2 * perSecond, 40 * perSecond, 2, 1, 5 << 20, 1.25, 3);
    }

    @Test
    void shouldTakeMediansOfTheRounds() {
        assertThat(report.median(BenchRow.CEILING)).hasValue(200);
        assertThat(report.median(BenchRow.FIFO)).hasValue(80);
        assertThat(report.median(BenchRow.PER_RECORD)).isEmpty();
    }

    @Test
    void shouldCompareTheRowsThatWereRun() {
        assertThat(report.ratios())
                .containsExactly(Map.entry("end-to-end / ceiling", 0.8), Map.entry("end-to-end / fifo", 2.0));
    }

    @Test
    void shouldCountLatenciesByNearestRank() {
        assertThat(LATENCY).isEqualTo(new Latency("50 % of the maximum", 100, 1000, 500, 950, 990, 999, 1000));
    }

    @Test
    void shouldPrintEveryRow() {
        assertThat(String.join("\n", report.lines()))
                .contains("ceiling ", "end-to-end ", "fifo ", "50 % of the maximum", "threads 1", "window 16", "1.250");
    }

    @Test
    void shouldWriteAPageThatLoadsNothingAndObeysNothing() {
        String page = BenchPage.of(report);

        assertThat(page)
                .contains("<td>end-to-end</td>", "&lt;any&gt;", "default-src 'none'", "data:image/png;base64,")
                .doesNotContain("<any>", "http://", "https://", "<script");
    }

    @Test
    void shouldBeReadableByPrograms() {
        JsonNode json = new ObjectMapper().valueToTree(report);

        assertThat(json.at("/throughput/end-to-end/0/eventsPerSecond").asDouble())
                .isEqualTo(160);
        assertThat(json.at("/ratios/end-to-end ~1 fifo").asDouble()).isEqualTo(2);
        assertThat(json.at("/latency/0/p99").asDouble()).isEqualTo(990);
    }

    @Test
    void shouldTakeThePaddingThatAProcessPrinted() {
        Throughput unknown = new Throughput(1, 1, 1, 1, 1, 0, 0);

        assertThat(unknown.withPaddingOf(List.of("other", "padding ratio 3.5")).paddingRatio())
                .isEqualTo(3.5);
        assertThat(unknown.withPaddingOf(List.of("other"))).isEqualTo(unknown);
    }
}
