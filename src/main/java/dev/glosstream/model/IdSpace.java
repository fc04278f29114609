package dev.glosstream.model;

import dev.glosstream.sequence.PaddedBatch;

/**
 * The ids of one token column: what an entry's row in the embedding table is.
 *
 * <p>Ids are dense from 0; {@link #PAD_ID} and {@link #UNKNOWN_ID} are reserved in all of them. Immutable; any number of
 * threads may share one.
 */
public interface IdSpace {
    /** Id of padding; its row is zero and stays zero. */
    int PAD_ID = PaddedBatch.PAD_ID;
    /** Id of everything unknown. */
    int UNKNOWN_ID = 1;

    /** Returns the id of an entry, {@link #UNKNOWN_ID} if it has none of its own. */
    int id(String entry);

    /** Returns the number of ids, the two reserved ones included: the rows of the embedding table. */
    int size();
}
