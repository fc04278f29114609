package dev.glosstream.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures how fast subjects get through texts that lie in a topic: from the moment at which the results of the warm-up are
 * committed to the last committed result.
 *
 * <p>So neither the start of a process nor its first batches count, and results that were under way at the start of the
 * clock stand for those under way at its end. A load so small that all of it is answered at once is counted from the moment
 * at which the subjects were ready.
 */
final class ThroughputRun {
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);
    private static final Duration SILENCE_AT_THE_END = Duration.ofSeconds(10);

    /** Share of the results that must come. */
    private static final double FEWEST = 0.9;

    private final Load load;
    private final ResultReader reader;
    private final List<Subject> subjects;
    private final Answers answers;
    private boolean isOverEarly;
    private long seen;
    private Moment latest = new Moment(0, 0, 0, 0);
    private long seenTokens;

    private ThroughputRun(Load load, ResultReader reader, List<Subject> subjects, Answers answers) {
        this.load = load;
        this.reader = reader;
        this.subjects = subjects;
        this.answers = answers;
    }

    /** What was seen at one moment. */
    private record Moment(long nanos, long events, long tokens, double cpuSeconds) {}

    /**
     * Runs subjects on fresh topics.
     *
     * @param topics whose names nobody has used
     * @param instances how many processes share the work
     * @param promise of the subjects
     * @throws WrongResultsException if they do not keep it
     */
    static Throughput measure(BenchTopics topics, Subject.Starter starter, int instances, Load load, Promise promise)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("glosstream-bench-");
        List<Subject> subjects = new ArrayList<>();
        try {
            topics.create(load.partitions());
            Answers answers = new Answers(topics.fill(load.texts()));
            try (ResultReader reader = new ResultReader(topics)) {
                for (int instance = 0; instance < instances; instance++) {
                    subjects.add(starter.start(topics, Files.createDirectory(folder.resolve("instance" + instance))));
                }
                ThroughputRun run = new ThroughputRun(load, reader, subjects, answers);
                Throughput measured = run.measure();
                subjects.forEach(Subject::close);
                reader.readToEnd(answers::add);
                answers.require(promise, !run.isOverEarly);
                return measured.withPaddingOf(subjects.get(0).process().printed());
            }
        } finally {
            subjects.forEach(Subject::close);
            topics.delete();
            delete(folder);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Throughput measure() throws InterruptedException {
        Moment ready = now();
        await(load.warmUp(), Long.MAX_VALUE);
        Moment warm = latest;
        PipelineCounters countedBefore = PipelineCounters.of(subjects);
        await(load.texts().size(), warm.nanos() + load.longest().toNanos());
        Moment end = latest;
        Moment start = end.events() > warm.events() ? warm : ready;
        PipelineCounters counted = PipelineCounters.of(subjects).since(countedBefore);
        return new Throughput(
                end.events() - start.events(),
                end.tokens() - start.tokens(),
                (end.nanos() - start.nanos()) / 1e9,
                end.cpuSeconds() - start.cpuSeconds(),
                subjects.stream()
                        .mapToLong(subject -> subject.process().peakResidentBytes())
                        .sum(),
                counted.paddingRatio(),
                subjects.get(0).readySeconds().orElse(0),
                counted.inside());
    }

    private Moment now() {
        double cpu = subjects.stream()
                .mapToDouble(subject -> subject.process().cpuSeconds())
                .sum();
        return new Moment(System.nanoTime(), seen, seenTokens, cpu);
    }

    /** Waits for so many results in all, or until a burst of results after the end of the time. */
    private void await(long events, long endNanos) {
        long lastNanos = System.nanoTime();
        while (seen < events) {
            int came = reader.poll(index -> {
                if (answers.add(index)) {
                    seen++;
                    seenTokens += load.tokens().get(index);
                }
            });
            long nowNanos = System.nanoTime();
            if (came > 0) {
                lastNanos = nowNanos;
                latest = now();
                if (nowNanos > endNanos && seen < events) {
                    isOverEarly = true;
                    return;
                }
            } else if (seen >= FEWEST * events && nowNanos - lastNanos > SILENCE_AT_THE_END.toNanos()) {
                // Whoever lets records wait in memory alone loses them when a partition moves to another thread.
                return;
            } else if (nowNanos - lastNanos > LONGEST_SILENCE.toNanos()) {
                throw new BenchException("results: expected " + events + ", got " + seen + " and then none for "
                        + LONGEST_SILENCE.toSeconds() + " s");
            }
            subjects.forEach(subject -> subject.process().requireAlive());
        }
    }
}
