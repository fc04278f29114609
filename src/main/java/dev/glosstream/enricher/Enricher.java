package dev.glosstream.enricher;

import dev.glosstream.topology.RecordSizes;
import dev.glosstream.window.TaskSignal;
import dev.glosstream.window.WindowStores;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The step that labels, as Kafka Streams takes it: with its own state stores, {@code <name>-window}, {@code
 * <name>-commits} and {@code <name>-end}. For one place in one topology, which may run on any number of threads and
 * instances and be built again.
 *
 * @param <K> key
 * @param <V> value
 */
public final class Enricher<K, V> implements ProcessorSupplier<K, V, K, Enriched<V>> {
    private final EnricherSettings settings;
    private final RecordSerdes<K, V> serdes;
    private final ValueTexts<K, V> texts;
    private final WindowStores stores;

    /** Creates the step; users call {@code Glosstream.enricher}. */
    public Enricher(
            EnricherSettings settings,
            RecordSerdes<K, V> serdes,
            Function<? super V, ? extends @Nullable String> text) {
        this.settings = settings;
        this.serdes = serdes;
        this.texts = new ValueTexts<>(settings, text);
        this.stores = stores(settings);
    }

    /** Returns the stores of an enricher. */
    static WindowStores stores(EnricherSettings settings) {
        return new WindowStores(settings.name() + "-window", settings.name() + "-commits");
    }

    /** Returns the name of the store that is closed with the task of an enricher. */
    static String end(EnricherSettings settings) {
        return settings.name() + "-end";
    }

    @Override
    public Processor<K, V, K, Enriched<V>> get() {
        return new EnricherProcessor<>(settings, serdes, texts);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        // New ones each time: used in a second place, the supplier is refused there, because the store exists already.
        Set<StoreBuilder<?>> builders = new LinkedHashSet<>();
        builders.add(stores.windowBuilder(RecordSizes.largestOutputBytes(settings.limits())));
        builders.add(stores.commitsBuilder());
        builders.add(TaskSignal.builder(end(settings)));
        return builders;
    }
}
