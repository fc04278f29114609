package dev.glosstream.page;

/** A page around its content: it loads nothing and runs nothing, and a content security policy holds browsers to that. */
public final class WholePage {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>TITLE</title>
            <style>
            body { font: 16px/1.45 sans-serif; color: #222; background: #fff; max-width: 1180px; margin: 2em auto; padding: 0 1em }
            h1 { font-size: 1.6em } h2 { font-size: 1.3em; border-bottom: 2px solid #0072b2; margin-top: 2em } h3 { font-size: 1.05em; margin: 1.6em 0 .4em }
            table { border-collapse: collapse; margin: .6em 0 } th, td { padding: .25em .8em; border-bottom: 1px solid #ddd; text-align: right; vertical-align: top }
            th { background: #f3f6f8 } th:first-child, td:first-child, td.text, th.text { text-align: left }
            td.text { overflow-wrap: anywhere; max-width: 42em } mark { background: #ffe9b0; padding: 0 .15em }
            .pictures { display: flex; flex-wrap: wrap; gap: 1em } .pictures img { max-width: 100%; height: auto; border: 1px solid #eee }
            .note { color: #555; font-size: .9em; max-width: 60em }
            @media print { body { max-width: none; margin: 0; font-size: 11px } h2 { break-before: page } h2:first-of-type { break-before: avoid } img, table { break-inside: avoid } .pictures img { width: 47% } }
            </style>
            </head>
            <body>
            <h1>TITLE</h1>
            """;

    private WholePage() {}

    /**
     * Returns the page.
     *
     * @param title of it, any text
     * @param content HTML of what stands below the title
     */
    public static String of(String title, CharSequence content) {
        return HEAD.replace("TITLE", EscapedHtml.of(title)) + content + "</body>\n</html>\n";
    }
}
