package dev.glosstream.topology;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.SourceTopics;
import dev.glosstream.config.TopicSettings;
import dev.glosstream.ingest.SourceDecoder;
import dev.glosstream.ingest.SourceRouter;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.observe.Observers;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.pipeline.TextPreparer;
import dev.glosstream.sequence.Task;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The topology: {@value #TEXT_EVENTS} → {@value #INGEST} → {@value #ENRICH} → {@value #ENRICHED_EVENTS}, {@value
 * #SENTIMENT_LABELS}, {@value #ENTITY_LABELS}, {@value #DEAD_LETTERS}.
 *
 * <p>The names of its nodes and stores never change; the names of the topics come from the settings. Source and sinks carry
 * bytes: decoding happens inside the processors, where no bad record can throw.
 */
public final class EnrichmentTopology {
    /** Source: the input topics. */
    public static final String TEXT_EVENTS = "text-events";
    /** Processor: decode, check, tokenize. */
    public static final String INGEST = "ingest";
    /** Processor: window, infer, label, emit. */
    public static final String ENRICH = "enrich";
    /** Sink: events with all their labels. */
    public static final String ENRICHED_EVENTS = "enriched-events";
    /** Sink: the sentiment alone. */
    public static final String SENTIMENT_LABELS = "sentiment-labels";
    /** Sink: the entities alone. */
    public static final String ENTITY_LABELS = "entity-labels";
    /** Sink: what could not be labelled. */
    public static final String DEAD_LETTERS = "dead-letters";

    /** Leaves it to {@code auto.offset.reset}. */
    private static final @Nullable AutoOffsetReset FROM_CONFIGURATION = null;

    private final PipelineSettings settings;
    private final List<TaskModel> models;
    private final List<ModelBundle> bundles;
    private final Observers observers;
    private final WireFormat format;
    private final List<OpenSource> sources;
    private final TextPreparer texts;

    /** A source whose schemas are read and whose paths are checked. */
    private record OpenSource(SourceTopics topics, Supplier<SourceDecoder> decoders) {
        SourceRouter.Route route() {
            return new SourceRouter.Route(topics, decoders.get());
        }
    }

    private EnrichmentTopology(
            PipelineSettings settings, List<TaskModel> models, Observers observers, WireFormat format) {
        this.settings = settings;
        this.models = List.copyOf(models);
        this.bundles = models.stream().map(TaskModel::bundle).toList();
        this.observers = observers;
        this.format = format;
        OutputSchemas.requireAppendable(settings);
        this.sources = settings.sources().stream()
                .map(source -> new OpenSource(source.topics(), format.sources().open(source, settings.output())))
                .toList();
        this.texts = new TextPreparer(bundles, settings.limits(), observers.listener());
    }

    /**
     * Builds the topology with Avro single-object encoding on its topics.
     *
     * @param models one per task of the settings; they must outlive the topology's threads
     * @param listener hears what all threads do
     * @throws IllegalArgumentException if the models are not those that the settings ask for
     */
    public static Topology build(PipelineSettings settings, List<TaskModel> models, PipelineListener listener) {
        return build(settings, models, Observers.of(listener), WireFormat.SINGLE_OBJECT);
    }

    /**
     * Builds the topology with other wire formats.
     *
     * @param models one per task of the settings; they must outlive the topology's threads
     * @param observers who watches it
     * @param format how records look on the topics
     * @throws IllegalArgumentException if the models are not those that the settings ask for
     * @throws dev.glosstream.config.ConfigException if a source cannot be decoded as the settings say
     */
    public static Topology build(
            PipelineSettings settings, List<TaskModel> models, Observers observers, WireFormat format) {
        requireTasks(settings, models);
        return new EnrichmentTopology(settings, models, observers, format).build();
    }

    /** Returns what the {@value #ENRICH} processor of a topology is made of. */
    static EnrichProcessor.Blueprint enrichBlueprint(
            PipelineSettings settings, List<TaskModel> models, Observers observers) {
        return new EnrichmentTopology(settings, models, observers, WireFormat.SINGLE_OBJECT).blueprint();
    }

    /** Returns the name of the topic behind the window's store. */
    public static String changelogTopic(PipelineSettings settings) {
        return settings.applicationId() + "-" + EnrichProcessor.STORES.window() + "-changelog";
    }

    private static void requireTasks(PipelineSettings settings, List<TaskModel> models) {
        Set<Task> tasks = EnumSet.noneOf(Task.class);
        models.forEach(model -> tasks.add(model.task()));
        if (!tasks.equals(settings.models().keySet())) {
            throw new IllegalArgumentException(
                    "models: expected one for each of " + settings.models().keySet() + ", got " + tasks);
        }
    }

    private Topology build() {
        TopicSettings topics = settings.topics();
        Topology topology = new Topology();
        addSource(topology);
        topology.addProcessor(INGEST, this::ingest, TEXT_EVENTS);
        EnrichProcessor.Blueprint blueprint = blueprint();
        topology.addProcessor(ENRICH, () -> new EnrichProcessor(blueprint), INGEST);
        int largest = RecordSizes.largestOutputBytes(settings.limits());
        topology.addStateStore(EnrichProcessor.STORES.windowBuilder(largest), ENRICH);
        topology.addStateStore(EnrichProcessor.STORES.commitsBuilder(), ENRICH);
        addSink(topology, ENRICHED_EVENTS, topics.enriched(), ENRICH);
        if (settings.tasksAlone().contains(Task.SENTIMENT)) {
            addSink(topology, SENTIMENT_LABELS, topics.sentiment(), ENRICH);
        }
        if (settings.tasksAlone().contains(Task.ENTITIES)) {
            addSink(topology, ENTITY_LABELS, topics.entities(), ENRICH);
        }
        addSink(topology, DEAD_LETTERS, topics.deadLetters(), INGEST, ENRICH);
        return topology;
    }

    /**
     * One node for all sources, so that one window serves them. As soon as one of them is a pattern, so are all: a topic
     * that two patterns match, or a pattern and a name, would stop Kafka Streams, while the router knows what to do.
     */
    private void addSource(Topology topology) {
        ArrivalTimestamps timestamps = new ArrivalTimestamps();
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        if (sources.stream().allMatch(source -> source.topics().pattern().isEmpty())) {
            String[] names = sources.stream()
                    .flatMap(source -> source.topics().names().stream())
                    .toArray(String[]::new);
            topology.addSource(FROM_CONFIGURATION, TEXT_EVENTS, timestamps, bytes, bytes, names);
        } else {
            Pattern all =
                    SourceTopics.joined(sources.stream().map(OpenSource::topics).toList());
            topology.addSource(FROM_CONFIGURATION, TEXT_EVENTS, timestamps, bytes, bytes, all);
        }
    }

    private static void addSink(Topology topology, String name, String topic, String... parents) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parents);
    }

    private IngestProcessor ingest() {
        return new IngestProcessor(
                preparer(),
                new DeadLetters(format.encoders().get(), settings.topics().deadLetters()),
                observers);
    }

    private RecordPreparer preparer() {
        SourceRouter router =
                new SourceRouter(sources.stream().map(OpenSource::route).toList());
        return new RecordPreparer(settings.limits(), router, texts);
    }

    private EnrichProcessor.Blueprint blueprint() {
        Results.Destination destination =
                new Results.Destination(settings.topics(), settings.tasksAlone(), settings.output(), settings.limits());
        return new EnrichProcessor.Blueprint(
                settings.batching(),
                this::preparer,
                () -> new TextLabeller(models, settings.limits(), settings.batching(), observers.listener()),
                () -> new Results(destination, bundles, format.encoders().get()),
                observers);
    }
}
