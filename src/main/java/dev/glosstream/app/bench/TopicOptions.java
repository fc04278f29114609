package dev.glosstream.app.bench;

import picocli.CommandLine.Option;

/** The options of a measured process that reads from Kafka: where, and which run's topics. */
public final class TopicOptions {
    @Option(names = "--servers", required = true, description = "Kafka.")
    private String servers = "";

    @Option(names = "--run", required = true, description = "What the names of the topics begin with.")
    private String run = "";

    /** Creates the options; the command line fills them. */
    public TopicOptions() {}

    /** Returns the topics of the run. */
    public BenchTopics topics() {
        return new BenchTopics(servers, run);
    }
}
