package dev.glosstream.train.evaluate.page;

import dev.glosstream.page.EscapedHtml;
import dev.glosstream.page.Picture;
import dev.glosstream.page.WholePage;
import dev.glosstream.train.evaluate.Measured;
import dev.glosstream.train.evaluate.Mistake;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the page. Every value that comes from a bundle or from data goes through {@link EscapedHtml}; a {@link WholePage}
 * loads and runs nothing all the same.
 */
public final class EvaluationPage {
    private static final int WORST = 20;

    private EvaluationPage() {}

    /**
     * Returns the page.
     *
     * @param title of the page, any text
     * @param sections one per set of texts
     */
    public static String of(String title, List<PageSection> sections) {
        StringBuilder page = new StringBuilder();
        sections.forEach(section -> section(page, section));
        return WholePage.of(title, page);
    }

    private static void section(StringBuilder page, PageSection section) {
        page.append("<h2>").append(EscapedHtml.of(section.data())).append("</h2>\n");
        page.append(PageTables.counts(section.bundles()));
        section.comparison()
                .ifPresentOrElse(
                        comparison -> page.append(PageTables.comparison(comparison, section.bundles())),
                        () -> page.append(PageTables.measures(section.bundles().get(0))));
        page.append("<div class=\"pictures\">\n");
        pictures(page, section.bundles());
        page.append("</div>\n");
        for (Measured measured : section.bundles()) {
            String of = section.bundles().size() > 1 ? " of " + EscapedHtml.of(measured.bundle()) : "";
            page.append("<h3>Classes").append(of).append("</h3>\n").append(PageTables.classes(measured));
            page.append("<h3>Confusion").append(of).append(", counts</h3>\n").append(PageTables.confusion(measured));
            page.append("<h3>Worst mistakes").append(of).append("</h3>\n").append(mistakes(measured));
        }
    }

    private static void pictures(StringBuilder page, List<Measured> bundles) {
        page.append(Picture.html(
                Charts.intervals(bundles), "Each measure with its 95 % interval; the values are in the table above."));
        page.append(Picture.html(
                Charts.reliability(bundles),
                "Reliability diagram: share of right answers over their mean confidence, with the diagonal."));
        page.append(
                Picture.html(Charts.classes(bundles), "Bars per class; the values are in the table of classes below."));
        for (Measured measured : bundles) {
            page.append(Picture.html(
                    Charts.confusion(measured, bundles.size() > 1),
                    "Confusion matrix in percent of what is true; the counts are in the table below."));
        }
        // Nothing can be drawn of no answers.
        if (bundles.stream().noneMatch(measured -> measured.report().lengths().isEmpty())) {
            page.append(Picture.html(Charts.lengths(bundles), "Bars of the error by length of the text in tokens."));
        }
        page.append(Picture.html(Charts.confidences(bundles), "Bars of how many answers have which confidence."));
    }

    private static String mistakes(Measured measured) {
        List<Mistake> worst = measured.report().worst(WORST);
        if (worst.isEmpty()) {
            return "<p>None: no answer is wrong.</p>\n";
        }
        return "<p class=\"note\">The wrong answers that it was most sure of, texts as in the data.</p>\n"
                + "<table><tr><th class=\"text\">confidence</th><th class=\"text\">answered</th>"
                + "<th class=\"text\">true</th><th class=\"text\">text</th></tr>\n"
                + worst.stream().map(EvaluationPage::mistake).collect(Collectors.joining())
                + "</table>\n";
    }

    private static String mistake(Mistake mistake) {
        return "<tr><td>" + PageTables.number(mistake.confidence()) + "</td><td class=\"text\">"
                + EscapedHtml.of(mistake.answer()) + "</td><td class=\"text\">" + EscapedHtml.of(mistake.truth())
                + "</td><td class=\"text\"><bdi>" + marked(mistake) + "</bdi></td></tr>\n";
    }

    private static String marked(Mistake mistake) {
        if (mistake.end() == 0) {
            return EscapedHtml.of(mistake.text());
        }
        return EscapedHtml.of(mistake.text().substring(0, mistake.start())) + "<mark>"
                + EscapedHtml.of(mistake.text().substring(mistake.start(), mistake.end())) + "</mark>"
                + EscapedHtml.of(mistake.text().substring(mistake.end()));
    }
}
