package io.confluent.kafka.serializers.subject;

import org.apache.avro.Schema;

/** The topic and what the schema is of it. Stands in for the class of this name. */
public final class TopicNameStrategy implements NameStrategy {
    @Override
    public String subjectName(String topic, boolean isKey, Schema schema) {
        return topic + (isKey ? "-key" : "-value");
    }
}
