package dev.glosstream.ingest;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Finds paths in one record of Avro's binary encoding, without building it.
 *
 * <p>The body is checked to its end, with every branch, symbol and length. It is read as it was written: what an older
 * version of the schema does not have is missing. One record, one thread.
 */
final class AvroWalk {
    /** Far beyond any real event, far below what would exhaust a stack. */
    private static final int MOST_NESTED = 500;
    /** Elements may take no bytes at all (null, a record without fields), so the bytes alone do not bound them. */
    private static final int FREE_ELEMENTS = 1024;
    /** So may fields, and records that each hold the next one twice are as many as two to the power of their number. */
    private static final int FREE_VALUES = 1 << 20;
    /** Far more than the fields without bytes, and the levels, that stand beside one byte in any real event. */
    private static final long VALUES_PER_BYTE = 64;

    private final AvroCursor in;
    private final Findings findings;
    private long elementsLeft;
    private long valuesLeft;

    private AvroWalk(AvroCursor in, Findings findings) {
        this.in = in;
        this.findings = findings;
        this.elementsLeft = (long) in.remaining() + FREE_ELEMENTS;
        this.valuesLeft = VALUES_PER_BYTE * in.remaining() + FREE_VALUES;
    }

    /**
     * Walks over a body.
     *
     * @param bodyStart index of its first byte; it ends with the value
     * @param findings notes what stands at each node of the tree
     * @throws java.nio.charset.CharacterCodingException if a text that a path leads to is not UTF-8
     * @throws IOException if it is no such body, or there is more behind it
     */
    static void walk(byte[] value, int bodyStart, Schema writer, PathTree tree, Findings findings) throws IOException {
        AvroCursor in = new AvroCursor(value, bodyStart);
        new AvroWalk(in, findings).value(writer, tree, 0);
        if (in.remaining() > 0) {
            throw new IOException("bytes left over");
        }
    }

    private void value(Schema schema, @Nullable PathTree node, int nested) throws IOException {
        if (nested > MOST_NESTED) {
            throw new IOException("more than " + MOST_NESTED + " levels");
        }
        if (--valuesLeft < 0) {
            throw new IOException("more values than " + VALUES_PER_BYTE + " for each byte, and some");
        }
        switch (schema.getType()) {
            case RECORD -> record(schema, node, nested);
            case ARRAY -> array(schema.getElementType(), node, nested);
            case MAP -> map(schema.getValueType(), node, nested);
            case UNION ->
                value(schema.getTypes().get(in.readIndex(schema.getTypes().size())), node, nested + 1);
            default -> scalar(schema, node);
        }
    }

    private void record(Schema schema, @Nullable PathTree node, int nested) throws IOException {
        if (node != null) {
            findings.fields(node);
        }
        for (Schema.Field field : schema.getFields()) {
            value(field.schema(), node == null ? null : node.field(field.name()), nested + 1);
        }
        if (node != null) {
            Set<String> missing = new HashSet<>(node.names());
            schema.getFields().forEach(field -> missing.remove(field.name()));
            noteMissing(node, missing);
        }
    }

    private void map(Schema values, @Nullable PathTree node, int nested) throws IOException {
        if (node != null) {
            findings.fields(node);
        }
        Set<String> missing = node == null ? Set.of() : new HashSet<>(node.names());
        for (long left = readBlock(); left > 0; left = left == 1 ? readBlock() : left - 1) {
            if (node == null) {
                in.skipBytes();
                value(values, null, nested + 1);
                continue;
            }
            String key = in.readString();
            PathTree child = node.field(key);
            if (child != null && !missing.remove(key)) {
                throw new IOException("a key twice");
            }
            value(values, child, nested + 1);
        }
        if (node != null) {
            noteMissing(node, missing);
        }
    }

    private void noteMissing(PathTree node, Set<String> missing) {
        for (String name : node.names()) {
            PathTree child = node.field(name);
            if (child != null && missing.contains(name)) {
                findings.value(child, Finding.Kind.MISSING, "");
            }
        }
    }

    private void array(Schema elements, @Nullable PathTree node, int nested) throws IOException {
        long left = readBlock();
        if (node != null) {
            findings.list(node, left == 0);
            findings.enterList();
        }
        for (int index = 0; left > 0; index++) {
            if (node != null) {
                findings.element(index);
            }
            value(elements, node == null ? null : node.elements(), nested + 1);
            left = left == 1 ? readBlock() : left - 1;
        }
        if (node != null) {
            findings.leaveList();
        }
    }

    /** Returns the number of elements of the next block, 0 at the end. */
    private long readBlock() throws IOException {
        long count = in.readLong();
        if (count < 0) {
            count = -count;
            // The size of the block in bytes: the walk does not need it.
            in.readLong();
        }
        if (count < 0 || count > elementsLeft) {
            throw new IOException("more elements than bytes");
        }
        elementsLeft -= count;
        return count;
    }

    private void scalar(Schema schema, @Nullable PathTree node) throws IOException {
        switch (schema.getType()) {
            case NULL -> note(node, Finding.Kind.NOTHING, "");
            case BOOLEAN -> note(node, Finding.Kind.TRUTH, Boolean.toString(in.readBoolean()));
            case INT -> number(schema, node, in.readInt());
            case LONG -> number(schema, node, in.readLong());
            case FLOAT ->
                note(node, Finding.Kind.NUMBER, Float.toString(Float.intBitsToFloat((int) in.readFixedNumber(4))));
            case DOUBLE ->
                note(node, Finding.Kind.NUMBER, Double.toString(Double.longBitsToDouble(in.readFixedNumber(8))));
            case STRING -> string(node);
            case ENUM -> {
                int symbol = in.readIndex(schema.getEnumSymbols().size());
                note(node, Finding.Kind.NAME, schema.getEnumSymbols().get(symbol));
            }
            case BYTES -> {
                in.skipBytes();
                note(node, Finding.Kind.BYTES, "");
            }
            case FIXED -> fixed(schema, node);
            default -> throw new IllegalStateException("schema: expected a type with a value, got " + schema.getType());
        }
    }

    private void string(@Nullable PathTree node) throws IOException {
        if (node == null) {
            in.skipBytes();
        } else {
            note(node, Finding.Kind.TEXT, in.readString());
        }
    }

    private void fixed(Schema schema, @Nullable PathTree node) throws IOException {
        if (node != null && "uuid".equals(schema.getProp("logicalType")) && schema.getFixedSize() == 16) {
            long high = Long.reverseBytes(in.readFixedNumber(8));
            long low = Long.reverseBytes(in.readFixedNumber(8));
            note(node, Finding.Kind.NAME, new UUID(high, low).toString());
        } else {
            in.skip(schema.getFixedSize());
            note(node, Finding.Kind.BYTES, "");
        }
    }

    private void number(Schema schema, @Nullable PathTree node, long value) {
        if (node == null) {
            return;
        }
        String logicalType = schema.getProp("logicalType");
        switch (logicalType == null ? "" : logicalType) {
            case "timestamp-millis", "local-timestamp-millis" -> note(node, Finding.Kind.TIME, Long.toString(value));
            case "timestamp-micros", "local-timestamp-micros" ->
                note(node, Finding.Kind.TIME, Long.toString(Math.floorDiv(value, 1_000L)));
            case "timestamp-nanos", "local-timestamp-nanos" ->
                note(node, Finding.Kind.TIME, Long.toString(Math.floorDiv(value, 1_000_000L)));
            case "date" -> note(node, Finding.Kind.TIME, dayInMs(value));
            default -> note(node, Finding.Kind.NUMBER, Long.toString(value));
        }
    }

    /** A day that is no legal one, because a schema calls a long a date, may take more than a long: then it is no time. */
    private static String dayInMs(long days) {
        return BigInteger.valueOf(days)
                .multiply(BigInteger.valueOf(Duration.ofDays(1).toMillis()))
                .toString();
    }

    private void note(@Nullable PathTree node, Finding.Kind kind, String text) {
        if (node != null) {
            findings.value(node, kind, text);
        }
    }
}
