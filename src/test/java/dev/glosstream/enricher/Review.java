package dev.glosstream.enricher;

import org.jspecify.annotations.Nullable;

/** A value of somebody else's topology; asked for the body {@code throw}, it throws. */
record Review(String id, @Nullable String text) {
    @Nullable
    String body() {
        if ("throw".equals(text)) {
            throw new IllegalStateException("secret");
        }
        return text;
    }
}
