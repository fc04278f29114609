package dev.glosstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashedNgramsTest {
    private static final int BUCKETS = 1_000_003;

    /** The vectors are those of draft-eastlake-fnv, "The FNV Non-Cryptographic Hash Algorithm". */
    @ParameterizedTest
    @CsvSource({"'', 811c9dc5", "a, e40c292c", "b, e70c2de5", "foo, a9f37ed7", "foobar, bf9cf968"})
    void shouldHashAsPublished(String text, String hash) {
        int expected = 2 + (int) (Long.parseLong(hash, 16) % BUCKETS);

        assertThat(new HashedNgrams(BUCKETS).id(text)).isEqualTo(expected);
    }

    @Test
    void shouldHashTheBytesOfUtf8() {
        // é is C3 A9: ((811c9dc5 ^ c3) * 01000193 ^ a9) * 01000193
        long first = ((0x811c9dc5L ^ 0xc3) * 0x01000193L) & 0xffffffffL;
        long second = ((first ^ 0xa9) * 0x01000193L) & 0xffffffffL;

        assertThat(new HashedNgrams(BUCKETS).id("é")).isEqualTo(2 + (int) (second % BUCKETS));
    }

    @Test
    void shouldKeepTheReservedIdsFree() {
        HashedNgrams ngrams = new HashedNgrams(1);

        assertThat(ngrams.id("whatever")).isEqualTo(2);
        assertThat(ngrams.size()).isEqualTo(3);
        assertThatThrownBy(() -> new HashedNgrams(0)).hasMessageContaining("expected at least one bucket, got 0");
    }
}
