package dev.glosstream.sequence;

/**
 * Why a record is refused: an expected answer, not an exception.
 *
 * @param reason the stable code
 * @param detail what was expected and what was found, for a person; never the text itself
 */
public record Rejection(RejectionReason reason, String detail) {}
