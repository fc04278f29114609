/**
 * Stage 2: text → tokens with UTF-16 offsets → token ids of each model's columns (vocabularies,
 * lexicons, hashed n-grams, characters).
 *
 * <p>In: a text of ingest. Out: {@link dev.glosstream.sequence.TokenizedText} and {@link
 * dev.glosstream.sequence.TokenIds}. May touch {@code sequence} and {@code model}. The tokenizer is one for all models
 * and languages, so that a text is tokenized once, and the same in training as in serving.
 */
@NullMarked
package dev.glosstream.tokenize;

import org.jspecify.annotations.NullMarked;
