package dev.glosstream.registry;

/** Answers of a registry that stop us: what was expected, what was said, what to do. */
final class RegistryFaults {
    private RegistryFaults() {}

    /** Returns the fault of an answer that no question allows for. */
    static RegistryException unexpected(RegistryAnswer answer, String expected) {
        return new RegistryException(
                "registry '" + answer.url() + "': expected " + expected + ", got " + answer.describe() + "; "
                        + advice(answer),
                null);
    }

    private static String advice(RegistryAnswer answer) {
        return switch (answer.status()) {
            case 401 -> "set registry.credentials (username and password, or token)";
            case 403 -> "allow these registry.credentials to read schemas, and to write those of the outputs";
            case 301, 302, 303, 307, 308 -> "set registry.url to the address that it points to";
            default -> "registry.url must be the address of a Confluent-compatible API (Apicurio: …/apis/ccompat/v7)";
        };
    }

    /** Returns the fault of a schema that should be there and is not. */
    static RegistryException notRegistered(RegistryAnswer answer, String subject) {
        return new RegistryException(
                "registry '" + answer.url() + "', subject '" + subject + "': expected the schema of the output to be"
                        + " registered, got " + answer.describe()
                        + "; register it, or set registry.autoRegister to true",
                null);
    }

    /** Returns the fault of a schema that the registry's rules do not let in. */
    static RegistryException refused(RegistryAnswer answer, String subject) {
        return new RegistryException(
                "registry '" + answer.url() + "', subject '" + subject
                        + "': expected the registry to take the schema of the output, got " + answer.describe()
                        + "; change the compatibility of this subject, its topic or registry.subjects",
                null);
    }
}
