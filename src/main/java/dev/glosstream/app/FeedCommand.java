package dev.glosstream.app;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.SourceFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code glosstream feed}: sample events into the input topic, at a steady rate. */
@Command(
        name = "feed",
        header = "Send sample events to the input topic.",
        description = {
            "Sends the bundled events, or the lines of a file, again and again, at a steady rate, until --count or until"
                    + " it is told to stop; then says how many the cluster has taken. No two have the same id.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream feed --rate 50",
            "  glosstream feed --events texts.txt --count 1000 --rate 200",
        })
final class FeedCommand implements Callable<Integer> {
    private static final double MOST_PER_SECOND = 1e6;

    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "Send the lines of this file, one text each, instead of the bundled events.")
    private @Nullable Path events;

    @Option(names = "--broken", description = "Strew records among them that must end as dead letters.")
    private boolean broken;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "10", description = "Events per second. Default: 10.")
    private double rate;

    @Option(names = "--count", paramLabel = "N", description = "Stop after so many. Default: never.")
    private @Nullable Long count;

    FeedCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(rate > 0 && rate <= MOST_PER_SECOND)) {
            throw new UsageException("--rate: expected more than 0 and at most 1000000 events per second, got " + rate);
        }
        if (count != null && count < 1) {
            throw new UsageException("--count: expected at least 1, got " + count);
        }
        PipelineSettings settings = pipeline.read(surroundings.environment(), List.of());
        String topic = topic(settings);
        try (ClusterCheck cluster = ClusterCheck.connect(settings)) {
            cluster.requirePipeline();
        }
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        FeedEvents feed = new FeedEvents(FeedEvents.withBroken(this::read, broken ? settings.limits() : null), run);
        surroundings.say("sending " + rate + " events a second to " + topic);
        try (Feeder feeder = new Feeder(settings, topic, surroundings::say)) {
            feeder.feed(feed, rate, count == null ? Long.MAX_VALUE : count);
        }
        return ExitCode.OK;
    }

    private static String topic(PipelineSettings settings) {
        return settings.sources().stream()
                .filter(source -> source.format() == SourceFormat.TEXT_EVENT)
                .flatMap(source -> source.topics().names().stream())
                .findFirst()
                .orElseThrow(
                        () -> new UsageException(
                                "sources: expected one of format 'text-event' with a topic's name,"
                                        + " which is what feed sends, got none; send events of your own by a producer of yours"));
    }

    private List<DemoRecord> read(TextEventBytes encoder) throws IOException {
        return events == null ? DemoEvents.sound(Installation.events(), encoder) : DemoEvents.ofLines(events, encoder);
    }
}
