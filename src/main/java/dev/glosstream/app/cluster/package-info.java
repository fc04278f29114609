/**
 * What more than one part of the program asks of a Kafka cluster.
 *
 * <p>In: a client of Kafka. Out: what the cluster answers. May touch Kafka; depends on nothing of the project; for {@code
 * app} and those below it.
 */
@NullMarked
package dev.glosstream.app.cluster;

import org.jspecify.annotations.NullMarked;
