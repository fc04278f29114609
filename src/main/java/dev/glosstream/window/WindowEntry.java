package dev.glosstream.window;

import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.sequence.Outcome;
import java.util.List;

/** What waits in a window: whatever its owner needs to make results of it, and the texts to label. */
public interface WindowEntry {
    /** Returns the texts ready for the models, or why one is not; any number, always the same. */
    List<Outcome<PreparedText>> texts();
}
