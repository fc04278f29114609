package dev.glosstream.app.bench;

/**
 * Throughput with one thing changed.
 *
 * @param what was changed: {@code threads}, {@code instances}, {@code partitions}, {@code window}; {@code events},
 *     {@code tokens of a text}
 * @param value to what
 * @param throughput what came of it
 */
public record Scaled(String what, int value, Throughput throughput) {}
