package dev.glosstream.sequence;

import java.util.Arrays;
import java.util.Optional;

/** What a model bundle predicts. */
public enum Task {
    /** One label for the whole text. */
    SENTIMENT("sentiment"),
    /** Typed spans within the text. */
    ENTITIES("entities");

    private final String code;

    Task(String code) {
        this.code = code;
    }

    /** Returns the task's name in files, on the command line and on the wire. */
    public String code() {
        return code;
    }

    /** Returns the task of that {@link #code()}, if there is one. */
    public static Optional<Task> ofCode(String code) {
        return Arrays.stream(values()).filter(task -> task.code.equals(code)).findFirst();
    }
}
