package dev.glosstream.testkit;

/** A topology under test that can end without warning and come back. One thread. */
public interface Crashable extends AutoCloseable {
    /** Ends it without warning and starts it again with what was committed. */
    Crashable crash();

    @Override
    void close();
}
