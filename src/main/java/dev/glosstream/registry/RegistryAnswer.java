package dev.glosstream.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * What a registry said.
 *
 * @param url its address
 * @param status HTTP status
 * @param body JSON, or a missing node if it was none
 */
record RegistryAnswer(URI url, int status, JsonNode body) {
    private static final int LONGEST_QUOTE = 300;

    /** Returns whether it did what it was asked. */
    boolean isOk() {
        return status == 200 && !body.isMissingNode();
    }

    /** Returns the registry's own code of an error; 0 if it gave none, then it may be no registry at all. */
    int errorCode() {
        return body.path("error_code").asInt(0);
    }

    /** Returns status and message, to stand after "got". */
    String describe() {
        String message = body.path("message").asText("").strip().replaceAll("\\s+", " ");
        String quoted = message.length() > LONGEST_QUOTE ? message.substring(0, LONGEST_QUOTE) + "…" : message;
        return "HTTP status " + status + (quoted.isEmpty() ? "" : " ('" + quoted + "')");
    }
}
