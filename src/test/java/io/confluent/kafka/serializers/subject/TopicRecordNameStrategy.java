package io.confluent.kafka.serializers.subject;

import org.apache.avro.Schema;

/** The topic and the full name of the record. Stands in for the class of this name. */
public final class TopicRecordNameStrategy implements NameStrategy {
    @Override
    public String subjectName(String topic, boolean isKey, Schema schema) {
        return topic + "-" + schema.getFullName();
    }
}
