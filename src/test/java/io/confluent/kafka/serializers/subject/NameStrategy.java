package io.confluent.kafka.serializers.subject;

import org.apache.avro.Schema;

/** Topic and schema → subject. */
public interface NameStrategy {
    /** Returns the subject of a schema on a topic. */
    String subjectName(String topic, boolean isKey, Schema schema);
}
