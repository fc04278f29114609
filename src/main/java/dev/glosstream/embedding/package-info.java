/**
 * Embedding tables looked at by themselves: nearest rows, pictures, files that other programs read.
 *
 * <p>In: the entries of a vocabulary and their rows, as plain numbers. Out: neighbours, points of a plane, a PNG, word2vec
 * text. Plain Java and libraries for pictures and matrices; knows no other package of this program.
 */
@NullMarked
package dev.glosstream.embedding;

import org.jspecify.annotations.NullMarked;
