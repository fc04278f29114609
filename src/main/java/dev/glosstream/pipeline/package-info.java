/**
 * The stages put together, without Kafka: tokenize → batch → infer → label.
 *
 * <p>In: texts. Out: labels or rejections, in order. {@code topology} runs it inside Kafka Streams, {@code app} on
 * standard input, {@code train} on corpora.
 */
@NullMarked
package dev.glosstream.pipeline;

import org.jspecify.annotations.NullMarked;
