package io.confluent.kafka.serializers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Stands in for the serializer of this name: configured as that one is, generic records in its wire format. */
public final class KafkaAvroSerializer implements Serializer<Object> {
    private @Nullable StandInConfig config;

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        config = new StandInConfig(properties);
    }

    @Override
    public byte[] serialize(String topic, Object record) {
        if (config == null || !(record instanceof GenericContainer container)) {
            throw new SerializationException("serializer: expected a configuration and an Avro record");
        }
        int id = config.id(config.subject(topic, container.getSchema()), container.getSchema());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(container.getSchema()).write(container, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new SerializationException("serializer: expected to write in memory", e);
        }
        return bytes.toByteArray();
    }
}
