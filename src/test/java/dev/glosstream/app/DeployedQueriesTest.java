package dev.glosstream.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard and the alerts by themselves; {@link ServiceIT} compares them with what a pipeline exposes. */
class DeployedQueriesTest {

    @Test
    void shouldReadEveryExpression() throws IOException {
        assertThat(DeployedQueries.expressions()).hasSizeGreaterThan(30);
        assertThat(DeployedQueries.metrics())
                .containsKeys("glosstream_ready", "glosstream_event_latency_seconds_bucket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(rate(a[5m])",
                "sum by (le (a)",
                "a{b=c}",
                "a +",
                "nosuch(a)",
                "a b",
                "a{b=\"c\"",
                "rate(a[5m]"
            })
    void shouldNotReadWhatIsNone(String broken) {
        assertThatThrownBy(() -> PromQl.parse(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    void shouldTellMetricsAndLabels() {
        PromQl parsed =
                PromQl.parse("histogram_quantile(0.9, sum by (le) (rate(a_bucket{x=~\"1\", y!=\"2\"}[5m]))) > 1e3");

        assertThat(parsed.metrics()).isEqualTo(Map.of("a_bucket", Set.of("x", "y")));
        assertThat(parsed.grouping()).containsExactly("le");
    }

    @Test
    void shouldBeADashboardThatGrafanaCanImport() throws IOException {
        JsonNode dashboard = DeployedQueries.dashboard();
        List<Integer> ids = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            ids.add(panel.get("id").asInt());
            assertThat(panel.get("title").asText()).isNotEmpty();
            if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.get("description").asText()).isNotEmpty();
                assertThat(panel.get("targets")).isNotEmpty();
            }
        }

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(20);
        assertThat(dashboard.at("/templating/list").findValuesAsText("name")).startsWith("datasource");
        assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        assertThat(dashboard.get("uid").asText()).isEqualTo("glosstream");
    }

    @Test
    void shouldPlacePanelsBesideOneAnother() throws IOException {
        boolean[][] taken = new boolean[200][24];
        for (JsonNode panel : DeployedQueries.dashboard().get("panels")) {
            JsonNode place = panel.get("gridPos");
            for (int y = 0; y < place.get("h").asInt(); y++) {
                for (int x = 0; x < place.get("w").asInt(); x++) {
                    boolean[] line = taken[place.get("y").asInt() + y];
                    int column = place.get("x").asInt() + x;
                    assertThat(line[column])
                            .as("%s lies on another", panel.get("title"))
                            .isFalse();
                    line[column] = true;
                }
            }
        }
    }

    @Test
    @SuppressWarnings("unchecked") // YAML has no types
    void shouldSayOfEachAlertHowGraveItIsAndWhatToDo() throws IOException {
        for (Map<String, Object> rule : DeployedQueries.rules()) {
            assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
            assertThat(((Map<String, String>) requireNonNull(rule.get("labels"))).get("severity"))
                    .isIn("critical", "warning", "info");
            assertThat((Map<String, String>) rule.get("annotations")).containsKeys("summary", "description");
        }
    }

    /** A pod that is gone is no target any more, so there is nothing that could be zero. */
    @Test
    void shouldMissAnInstanceThatNobodyScrapesAnyMore() throws IOException {
        assertThat(DeployedQueries.rules())
                .filteredOn(rule -> "GlosstreamDown".equals(rule.get("alert")))
                .singleElement()
                .satisfies(rule -> assertThat(String.valueOf(rule.get("expr")))
                        .contains("up{job=\"glosstream\"} == 0", "absent(up{job=\"glosstream\"})"));
    }

    @Test
    void shouldScrapeTheServiceOfTheComposeFile() throws IOException {
        Map<String, Object> scrape = DeployedQueries.yaml(DeployedQueries.SCRAPE);

        assertThat(scrape.get("rule_files")).isEqualTo(List.of("alerts.yaml"));
        assertThat(requireNonNull(scrape.get("scrape_configs")).toString())
                .contains("glosstream:8080", "metrics_path=/metrics", "job_name=glosstream");
    }
}
