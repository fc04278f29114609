/**
 * What people run instead, to be measured beside Glosstream: Flink with the same models, and CoreNLP's own tagger.
 *
 * <p>In: a topic with texts, or a file of them. Out: a topic with results, or a line of figures. Started by {@code glosstream
 * bench} as processes of their own; built by the Maven profile {@code peers} alone, and no part of the program. It may use
 * whatever the program has.
 */
@NullMarked
package dev.glosstream.peers;

import org.jspecify.annotations.NullMarked;
