package dev.glosstream.topology;

import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;

/**
 * A record on its way to the window, or in it.
 *
 * @param input the record as it arrived
 * @param prepared what the models will read; rejected only if it was restored under limits that no longer admit it
 */
record WaitingRecord(InputRecord input, Outcome<PreparedEvent> prepared) {

    /** Returns the tokens of all its texts that the longest-reading model reads; 0 if there is nothing to read. */
    int sequenceLength() {
        return prepared.fold(PreparedEvent::sequenceLength, rejection -> 0);
    }
}
