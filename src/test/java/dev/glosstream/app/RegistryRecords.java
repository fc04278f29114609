package dev.glosstream.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records as teams with a schema registry have them. */
final class RegistryRecords {
    /** Text events of one version, and of a later one. */
    static final Schema OLDER = textEvent();

    static final Schema NEWER = textEvent("language", "mood");

    private RegistryRecords() {}

    /** The schema of text events, as it could be in an older or a newer version. */
    static Schema textEvent(String... optional) {
        SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("TextEvent")
                .namespace("dev.glosstream.avro")
                .fields()
                .requiredString("id")
                .requiredString("text");
        for (String name : optional) {
            fields = fields.optionalString(name);
        }
        return fields.endRecord();
    }

    /** A record that somebody else has: the text lies deep, and the schema grows by numbers. */
    static GenericRecord review(String text, String... numbers) {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("shop.Review").fields().requiredString("body");
        for (String number : numbers) {
            fields = fields.name(number).type().intType().intDefault(5);
        }
        Schema review = fields.endRecord();
        Schema payload = record("shop.Payload", "review", review);
        return new GenericRecordBuilder(record("shop.Event", "payload", payload))
                .set(
                        "payload",
                        new GenericRecordBuilder(payload)
                                .set(
                                        "review",
                                        new GenericRecordBuilder(review)
                                                .set("body", text)
                                                .build())
                                .build())
                .build();
    }

    private static Schema record(String name, String field, Schema type) {
        return SchemaBuilder.record(name)
                .fields()
                .name(field)
                .type(type)
                .noDefault()
                .endRecord();
    }

    static byte[] body(byte[] value) {
        return Arrays.copyOfRange(value, 5, value.length);
    }

    static byte[] framed(int id, byte[] value) {
        return ByteBuffer.wrap(value.clone()).put(0, (byte) 0).putInt(1, id).array();
    }

    static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader("glosstream.reason").value(), StandardCharsets.UTF_8);
    }
}
