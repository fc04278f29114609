package dev.glosstream.embedding;

/**
 * An entry beside another one.
 *
 * @param entry the entry
 * @param cosine cosine of the angle between both vectors, -1 to 1
 */
public record Neighbour(String entry, double cosine) {}
