package dev.glosstream.sequence;

/**
 * One text of an event with its labels.
 *
 * @param text the text and where it stands
 * @param labels its labels
 */
public record LabelledText(EventText text, Labels labels) {}
