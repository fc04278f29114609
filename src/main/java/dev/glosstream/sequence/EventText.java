package dev.glosstream.sequence;

/**
 * One text of an event, and where in the record it stands.
 *
 * @param path the path that led to it, with the index of each list element, {@code comments[2].text}; empty if the format
 *     of the record has one text only and needs no path
 * @param text the text as it stands there, not checked yet
 * @param optional whether the event goes on without it if it is empty or blank
 */
public record EventText(String path, String text, boolean optional) {}
