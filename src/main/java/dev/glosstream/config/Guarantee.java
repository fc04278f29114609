package dev.glosstream.config;

/** How often each input record shows in the output, whatever fails. */
public enum Guarantee {
    /** Exactly once, by Kafka transactions; consumers read with {@code isolation.level=read_committed}. */
    EXACTLY_ONCE_V2("exactly_once_v2"),
    /** At least once: a crash may repeat some results. */
    AT_LEAST_ONCE("at_least_once");

    private final String code;

    Guarantee(String code) {
        this.code = code;
    }

    /** Returns the value of Kafka Streams' {@code processing.guarantee}. */
    public String code() {
        return code;
    }
}
