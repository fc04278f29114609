package dev.glosstream.enricher;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Reviews as {@code id|body}, without the bar if there is no body. */
final class ReviewSerde implements Serde<Review> {
    /** Id of a review that only the first life of a program can read, which is its input topic. */
    static final String UNREADABLE = "unreadable";

    @Override
    public Serializer<Review> serializer() {
        return (topic, review) -> review == null ? null : bytes(review);
    }

    private static byte[] bytes(Review review) {
        String text = review.text() == null ? review.id() : review.id() + "|" + review.text();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Deserializer<Review> deserializer() {
        return ReviewSerde::review;
    }

    private static @Nullable Review review(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\\|", 2);
        if (parts[0].equals(UNREADABLE) && topic.endsWith("-changelog")) {
            throw new SerializationException("unreadable");
        }
        return new Review(parts[0], parts.length == 1 ? null : parts[1]);
    }
}
