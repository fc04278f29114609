package dev.glosstream.app;

/** Makes one line of a result. Any thread. */
@FunctionalInterface
interface ResultPrinter {

    /** Returns the line, without its end. */
    String line(TextResult result);
}
