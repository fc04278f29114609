package dev.glosstream.config;

import java.util.regex.Pattern;

/** Which settings may hold a password, a key or a token: what is wrong with them is told without what they are. */
final class Secrets {
    /** What stands after "got" in place of a value. */
    static final String HIDDEN = "a value that is not shown, because it may be a secret";

    /** By the word in their name; whatever clients are told, whose settings are many; an address may hold a password. */
    private static final Pattern PATH = Pattern.compile(
            "(?i).*(passw|passphrase|secret|credential|jaas|(?<!idsPer)token(?!s|Budget)|private|apikey|api\\.key).*"
                    + "|kafka(\\..*)?|registry(\\.(url|serde|serde\\.properties\\..*))?");

    private Secrets() {}

    /** Returns whether the value of a setting, or of a section, may be a secret. */
    static boolean mayBe(String path) {
        return PATH.matcher(path).matches();
    }

    /** Returns the text of a setting in quotes, to stand after "got", or words in its place. */
    static String quote(String path, String text) {
        return mayBe(path) ? HIDDEN : SettingText.quote(text);
    }
}
