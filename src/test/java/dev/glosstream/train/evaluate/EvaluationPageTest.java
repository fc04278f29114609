package dev.glosstream.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.infer.ServedPrecision;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.evaluate.page.EvaluationPage;
import dev.glosstream.train.evaluate.page.PageSection;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class EvaluationPageTest {
    private static final ServedPrecision FP32 = new ServedPrecision("fp32", "set");
    private static final ModelSpeed SPEED = new ModelSpeed(12_345, 5, 20_000);
    private static final Pattern IMAGE = Pattern.compile("<img [^>]*src=\"data:image/png;base64,([^\"]+)\">");
    private static final String HOSTILE =
            "</td><script>alert(1)</script><img src=http://evil.example/x> & \"'\u202Emoc\u0007";

    @Test
    void shouldShowHostileTextsAndObeyNone() {
        Report report = new Judged(Task.ENTITIES, "PER")
                .spans(HOSTILE, List.of(), List.of(new Entity("PER", 0, 5, 0.9)))
                .report();

        String page = EvaluationPage.of("<b>title</b>", List.of(section("<i>data</i>", report)));

        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&amp; &quot;&#39;&lt;U+202E&gt;moc&lt;U+0007&gt;")
                .contains("<mark>&lt;/td&gt;</mark>", "&lt;b&gt;title", "&lt;i&gt;data")
                .doesNotContain("<script", "<img src=http", "\u202E", "\u0007");
    }

    @Test
    void shouldNeedNothingButItself() {
        String page = EvaluationPage.of("title", List.of(section("data", sentiment())));

        assertThat(page).contains("default-src 'none'").doesNotContain("http:", "https:", "<link", "url(", "@import");
        assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    }

    @Test
    void shouldDrawEveryPicture() throws IOException {
        String page = EvaluationPage.of("title", List.of(section("data", sentiment())));

        Matcher images = IMAGE.matcher(page);
        int count = 0;
        while (images.find()) {
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(images.group(1))));
            assertThat(image.getWidth()).isGreaterThan(800);
            assertThat(colours(image)).isGreaterThan(10);
            count++;
        }
        // Intervals, reliability, classes, confusion, lengths, confidences
        assertThat(count).isEqualTo(6);
        assertThat(page).contains("12,345", "accuracy", "0.6667", "blank-text 1");
    }

    @Test
    void shouldShowTwoBundlesSideBySide() {
        Report first = sentiment();
        Report second = sentiment();
        PageSection section = new PageSection(
                "data",
                List.of(new Measured("A x@1", FP32, first, SPEED, 10), new Measured("B x@1", FP32, second, SPEED, 10)),
                Optional.of(Comparison.of(first, second)));

        String page = EvaluationPage.of("title", List.of(section));

        assertThat(page).contains("A x@1", "B x@1", "B \u2212 A", "McNemar", "Worst mistakes of A x@1");
    }

    @Test
    void shouldStandReportsWithoutAnyAnswer() {
        Report report = new Judged(Task.SENTIMENT, "a", "b").refused("a").report();

        assertThat(EvaluationPage.of("title", List.of(section("data", report)))).contains("None: no answer is wrong");
    }

    private static Report sentiment() {
        return new Judged(Task.SENTIMENT, "a", "b")
                .text("a", "a", 0.9)
                .text("a", "b", 0.6)
                .text("b", "b", 0.8)
                .text("b", "b", 0.55)
                .text("b", "b", 0.95)
                .refused("b")
                .report();
    }

    private static PageSection section(String data, Report report) {
        return new PageSection(data, List.of(new Measured("x@1", FP32, report, SPEED, 10)), Optional.empty());
    }

    private static long colours(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .distinct()
                .count();
    }
}
