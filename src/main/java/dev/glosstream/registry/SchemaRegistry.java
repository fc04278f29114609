package dev.glosstream.registry;

import dev.glosstream.sequence.Outcome;
import org.apache.avro.Schema;

/** Schemas by id, and ids by subject and schema. Any thread. */
public interface SchemaRegistry {

    /**
     * Returns the schema that a record was written with.
     *
     * <p>An id that the registry does not know ({@code unknown-schema}) and a schema that is not usable Avro ({@code
     * wrong-schema}) are answers about the record.
     *
     * @param id as it stands in the record
     * @throws RegistryException if the registry cannot be asked: says nothing about the record
     */
    Outcome<Schema> schema(int id);

    /**
     * Returns the id of a schema under a subject; registers it there if that is wanted.
     *
     * @param subject where it stands
     * @param schema schema as JSON
     * @throws RegistryException if the registry cannot be asked, refuses the schema, or does not have it
     */
    int id(String subject, String schema);
}
