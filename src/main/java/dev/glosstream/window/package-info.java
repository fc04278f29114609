/**
 * The durable window: records that wait together, survive a crash, are labelled together and leave in their order.
 *
 * <p>In: entries with prepared texts, and the bytes that bring them back. Out: each entry with the outcome of its texts.
 * Inside a processor of Kafka Streams, on its thread; may touch {@code pipeline}, {@code batch} and the stores of Kafka
 * Streams, but no topic and no format of anybody's values. {@link dev.glosstream.window.DurableWindow} is the window, {@link
 * dev.glosstream.window.WindowStores} what it stands on; {@code topology} builds the product's pipeline around it, {@code
 * enricher} the step in users' own topologies.
 *
 * <pre>
 *   add ──► window store (changelog) ──► window ──full or overdue──► label ──► emit, in order of arrival
 *                  │                        ▲
 *                  └──── restore ───────────┘
 * </pre>
 */
@NullMarked
package dev.glosstream.window;

import org.jspecify.annotations.NullMarked;
