package io.confluent.kafka.serializers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Stands in for the deserializer of this name: configured as that one is, generic records from its wire format. */
public final class KafkaAvroDeserializer implements Deserializer<Object> {
    private @Nullable StandInConfig config;

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        config = new StandInConfig(properties);
    }

    @Override
    public Object deserialize(String topic, byte[] value) {
        ByteBuffer frame = ByteBuffer.wrap(value);
        if (config == null || value.length < 5 || frame.get() != 0) {
            throw new SerializationException("Unknown magic byte!");
        }
        int id = frame.getInt();
        try {
            return new GenericDatumReader<>(config.schema(id))
                    .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("Error deserializing Avro message for id " + id, e);
        }
    }
}
