/**
 * Readers of labelled data: files of several formats → examples with their labels by character offset.
 *
 * <p>In: paths. Out: {@link dev.glosstream.train.corpus.CorpusExample}s; for token columns words with their
 * classes, and pretrained vectors. Touches {@code sequence} and the file system: examples lie in
 * temporary files, {@link dev.glosstream.train.corpus.StoredList}, not on the heap.
 */
@NullMarked
package dev.glosstream.train.corpus;

import org.jspecify.annotations.NullMarked;
