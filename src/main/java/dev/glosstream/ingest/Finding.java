package dev.glosstream.ingest;

/**
 * What stands at the end of a path, or where the path broke off.
 *
 * @param path as far as it led, with the index of each list element
 * @param atEnd whether it led to its end; false if it broke off at something that leads no further
 * @param kind what stands there
 * @param text of a scalar: a text itself, a number as it is written, a time in milliseconds since 1970-01-01T00:00:00Z;
 *     else empty
 */
record Finding(String path, boolean atEnd, Kind kind, String text) {

    /** Returns whether a text stands at the end of the path. */
    boolean isText() {
        return atEnd && kind == Kind.TEXT;
    }

    /** Returns whether one value that can be written as a text stands at the end of the path. */
    boolean isScalar() {
        return atEnd && kind.isScalar();
    }

    /** Kinds of values, whatever the format. */
    enum Kind {
        /** A text. */
        TEXT("a text"),
        /** One of a fixed set of names. */
        NAME("a name of an enum"),
        /** A number. */
        NUMBER("a number"),
        /** A point in time, by its schema. */
        TIME("a time"),
        /** True or false. */
        TRUTH("true or false"),
        /** Bytes without a meaning known here. */
        BYTES("bytes"),
        /** A record, an object or a map. */
        FIELDS("a record"),
        /** A list. */
        LIST("a list"),
        /** A list without elements. */
        EMPTY_LIST("an empty list"),
        /** Null. */
        NOTHING("null"),
        /** No such field. */
        MISSING("no such field");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Returns what it is, to stand after "got". */
        String words() {
            return words;
        }

        /** Returns whether nothing is there. */
        boolean isNothing() {
            return this == NOTHING || this == MISSING || this == EMPTY_LIST;
        }

        /** Returns whether it is one value that can be written as a text. */
        boolean isScalar() {
            return this == TEXT || this == NAME || this == NUMBER || this == TIME || this == TRUTH;
        }
    }
}
