package dev.glosstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

class BenchReportTest {
    private static final Latency LATENCY = Latency.of(
            "50 % of the maximum",
            100, LongStream.rangeClosed(1, 1000).map(ms -> ms * 1_000_000).toArray());

    private final BenchReport report = new BenchReport(
            Map.of("processor", "<any>"),
            Map.of("texts", "mixed"),
            rows(),
            List.of(LATENCY),
            List.of(new Scaled("threads", 1, throughput(50)), new Scaled("window", 16, throughput(40))),
            List.of(
                    new Scaled("events", 1000, throughput(60)),
                    new Scaled("events", 10_000, throughput(70)),
                    new Scaled("tokens of a text", 10, throughput(90)),
                    new Scaled("tokens of a text", 100, throughput(80))),
            List.of(new Failed("window 64", "got <2> missing")));

    private static Map<BenchRow, List<Throughput>> rows() {
        Map<BenchRow, List<Throughput>> rows = new LinkedHashMap<>();
        rows.put(BenchRow.CEILING, List.of(throughput(100), throughput(300), throughput(200)));
        rows.put(BenchRow.END_TO_END, List.of(throughput(160), throughput(140), throughput(170)));
        rows.put(BenchRow.FIFO, List.of(throughput(80), throughput(80)));
        return rows;
    }

    private static Throughput throughput(long perSecond) {
        return new Throughput(
                2 * perSecond, 40 * perSecond, 2, 1, 5 << 20, 1.25, 3, new Throughput.Inside(40, 30 << 10));
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
                .contains("ceiling ", "end-to-end ", "fifo ", "50 % of the maximum", "threads 1", "window 16", "1.250")
                .contains("events 10,000", "tokens of a text 100")
                // 40 µs of the 1 s in which the middle round of end-to-end did 320 events.
                .containsPattern("end-to-end .* 1\\.3 % +30\\.0");
    }

    @Test
    void shouldSayTheCostOfATokenAndOfAnEvent() {
        Throughput run = new Throughput(10, 200, 2, 0.5, 5 << 20, 1.25, 3, new Throughput.Inside(4_000, 1 << 10));

        assertThat(run.cpuMicrosPerEvent()).isEqualTo(50_000);
        assertThat(run.cpuMicrosPerToken()).isEqualTo(2_500);
        assertThat(run.prepareShare()).isEqualTo(0.08);
    }

    @Test
    void shouldNotSayAShareThatNobodyMeasured() {
        Map<BenchRow, List<Throughput>> rows =
                Map.of(BenchRow.CORENLP, List.of(new Throughput(1, 1, 1, 0, 1, 0, 0, Throughput.Inside.UNKNOWN)));
        BenchReport unknown = new BenchReport(Map.of(), Map.of(), rows, List.of(), List.of(), List.of(), List.of());

        assertThat(unknown.lines().get(1)).doesNotContain("%", "NaN");
    }

    @Test
    void shouldReportGrowthAlone() {
        BenchReport grown =
                new BenchReport(Map.of(), Map.of(), Map.of(), List.of(), List.of(), report.growth(), List.of());

        assertThat(grown.lines()).hasSize(5);
        assertThat(BenchPage.of(grown))
                .contains("<td>events: 10,000</td>", "<td>tokens of a text: 100</td>", "CPU per token, µs")
                .doesNotContain("<h2>Throughput</h2>", "<h2>Ratios</h2>");
    }

    @Test
    void shouldDrawWhatEachRunOfGrowthCost() {
        XYChart chart = BenchCharts.growth(report, Growth.EVENTS, "CPU", Throughput::cpuMicrosPerEvent);

        assertThat(chart.getSeriesMap().values()).singleElement().satisfies(drawn -> {
            assertThat(drawn.getXData()).containsExactly(1000, 10_000);
            assertThat(drawn.getYData()).containsExactly(1e6 / 120, 1e6 / 140);
        });
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
        assertThat(json.at("/throughput/end-to-end/0/prepareShare").asDouble()).isEqualTo(40e-6 * 320);
        assertThat(json.at("/throughput/end-to-end/0/inside/allocatedBytes").asDouble())
                .isEqualTo(30 << 10);
        assertThat(json.at("/growth/3/what").asText()).isEqualTo("tokens of a text");
        assertThat(json.at("/growth/3/throughput/cpuMicrosPerToken").asDouble()).isEqualTo(1e6 / 3200);
    }

    @Test
    void shouldReportAFailedRunAsFailed() {
        assertThat(report.lines()).endsWith("FAILED: window 64: got <2> missing");
        assertThat(BenchPage.of(report))
                .contains("<h2>Failed</h2>", "<td>window 64</td><td>got &lt;2&gt; missing</td>");
        assertThat(new ObjectMapper().valueToTree(report).at("/failures/0/what").asText())
                .isEqualTo("window 64");
    }

    @Test
    void shouldTakeThePaddingThatAProcessPrinted() {
        Throughput unknown = new Throughput(1, 1, 1, 1, 1, 0, 0, Throughput.Inside.UNKNOWN);

        assertThat(unknown.withPaddingOf(List.of("other", "padding ratio 3.5")).paddingRatio())
                .isEqualTo(3.5);
        assertThat(unknown.withPaddingOf(List.of("other"))).isEqualTo(unknown);
    }
}
