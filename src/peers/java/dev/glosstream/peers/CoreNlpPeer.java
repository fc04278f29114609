package dev.glosstream.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.app.process.ProcessorTime;
import edu.stanford.nlp.pipeline.CoreDocument;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The process of CoreNLP: texts in memory, from text to entities with its statistical tagger alone, on all threads; no
 * Kafka. Prints one line of JSON.
 */
@Command(name = "corenlp", description = "Tags texts with the CRF tagger of CoreNLP.")
public final class CoreNlpPeer implements Callable<Integer> {
    @Option(names = "--texts", required = true, description = "JSON list of texts.")
    private Path texts = Path.of("");

    @Option(names = "--threads", required = true, description = "Threads.")
    private int threads;

    @Option(names = "--warm-up", defaultValue = "500", description = "Texts before the clock starts.")
    private int warmUp;

    /** Creates the command. */
    public CoreNlpPeer() {}

    /**
     * What was measured.
     *
     * @param texts how many
     * @param entities found in them
     * @param seconds from the first text to the last entities
     * @param cpuSeconds of the process in that time
     */
    record Answer(int texts, long entities, double seconds, double cpuSeconds) {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CoreNlpPeer()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> all = List.of(json.readValue(texts.toFile(), String[].class));
        StanfordCoreNLP tagger = new StanfordCoreNLP(settings());
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            pass(tagger, all.subList(0, Math.min(warmUp, all.size())), executor);
            System.out.println(json.writeValueAsString(pass(tagger, all, executor)));
        } finally {
            executor.shutdown();
        }
        return 0;
    }

    /** What the tagger needs, and nothing that it does besides: no rules for finer types, dates or numbers. */
    private static Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("annotators", "tokenize,pos,lemma,ner");
        settings.setProperty("ner.applyFineGrained", "false");
        settings.setProperty("ner.useSUTime", "false");
        settings.setProperty("ner.applyNumericClassifiers", "false");
        return settings;
    }

    private Answer pass(StanfordCoreNLP tagger, List<String> all, ExecutorService executor) {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        double cpuStart = ProcessorTime.seconds(ProcessHandle.current());
        List<CompletableFuture<Long>> shares = IntStream.range(0, threads)
                .mapToObj(thread -> CompletableFuture.supplyAsync(() -> share(tagger, all, next), executor))
                .toList();
        long entities = shares.stream().mapToLong(CompletableFuture::join).sum();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Answer(all.size(), entities, seconds, ProcessorTime.seconds(ProcessHandle.current()) - cpuStart);
    }

    private static long share(StanfordCoreNLP tagger, List<String> all, AtomicInteger next) {
        long entities = 0;
        for (int index = next.getAndIncrement(); index < all.size(); index = next.getAndIncrement()) {
            CoreDocument document = new CoreDocument(all.get(index));
            tagger.annotate(document);
            entities += document.entityMentions() == null
                    ? 0
                    : document.entityMentions().size();
        }
        return entities;
    }
}
