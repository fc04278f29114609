/**
 * A schema registry with the Confluent-compatible API, and the wire format that goes with it.
 *
 * <p>In: schema ids of records, schemas of outputs. Out: parsed schemas, ids. {@link
 * dev.glosstream.registry.ConfluentRegistry} asks and remembers; {@link dev.glosstream.registry.ConfluentFrame} is the magic
 * byte and the id. May touch {@code config}, {@code sequence}, Avro's schemas and the network; knows no Kafka.
 */
@NullMarked
package dev.glosstream.registry;

import org.jspecify.annotations.NullMarked;
