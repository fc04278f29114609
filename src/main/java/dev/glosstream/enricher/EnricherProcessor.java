package dev.glosstream.enricher;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.SharedModels;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.topology.DeadLetters;
import dev.glosstream.topology.ModelHeaders;
import dev.glosstream.window.Answered;
import dev.glosstream.window.DurableWindow;
import dev.glosstream.window.KafkaRecords;
import dev.glosstream.window.TaskSignal;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in a {@link DurableWindow} and forwards each with its labels or its rejection, in the order of arrival.
 *
 * <p>One stream task, its thread. A task that was closed may be initialised again.
 */
final class EnricherProcessor<K, V> implements Processor<K, V, K, Enriched<V>> {
    private final EnricherSettings settings;
    private final RecordSerdes<K, V> serdes;
    private final ValueTexts<K, V> texts;
    private final ModelHeaders modelHeaders;
    private SharedModels.@Nullable Open models;
    private @Nullable Running running;

    EnricherProcessor(EnricherSettings settings, RecordSerdes<K, V> serdes, ValueTexts<K, V> texts) {
        this.settings = settings;
        this.serdes = serdes;
        this.texts = texts;
        this.modelHeaders = new ModelHeaders(settings.models().bundles());
    }

    @Override
    public void init(ProcessorContext<K, Enriched<V>> context) {
        close();
        new ApplicationCheck(settings).require(context.appConfigs());
        TaskSignal end = context.getStateStore(Enricher.end(settings));
        end.whenClosed(this::close);
        SharedModels.Open open = settings.models().open();
        models = open;
        try {
            Running started = new Running(context, open);
            running = started;
            started.restore();
        } catch (RuntimeException e) {
            // Kafka Streams does not close a processor whose init failed.
            close();
            throw e;
        }
    }

    @Override
    public void process(Record<K, V> record) {
        if (running == null) {
            throw new IllegalStateException("enricher '" + settings.name() + "': expected init before process");
        }
        running.add(record);
    }

    @Override
    public void close() {
        if (running != null) {
            running.window.close();
            running = null;
        }
        if (models != null) {
            models.close();
            models = null;
        }
    }

    /** The processor between {@code init} and {@code close}. */
    private final class Running {
        private final ProcessorContext<K, Enriched<V>> context;
        private final RecordSerdes.Codec<K, V> codec;
        private final String changelog;
        private final DurableWindow<WaitingValue<K, V>> window;

        Running(ProcessorContext<K, Enriched<V>> context, SharedModels.Open open) {
            this.context = context;
            this.codec = serdes.codec(context);
            this.changelog =
                    context.applicationId() + "-" + Enricher.stores(settings).window() + "-changelog";
            this.window = new DurableWindow<>(
                    context,
                    Enricher.stores(settings),
                    settings.batching(),
                    settings,
                    () -> new TextLabeller(
                            open.models(), settings.limits(), settings.batching(), new BatchStatistics()),
                    this::forward);
        }

        void restore() {
            window.restore(kept -> texts.prepare(bringBack(kept), kept.source()));
        }

        private Record<K, V> bringBack(InputRecord kept) {
            try {
                return codec.decode(changelog, kept);
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "enricher '" + settings.name() + "': expected serdes that read the records which wait in "
                                + changelog + ", got " + e.getClass().getName()
                                + "; start with serdes that read what the former ones wrote",
                        e);
            }
        }

        void add(Record<K, V> arrived) {
            // A copy: until it leaves, its neighbours in the topology may write into the headers it came with.
            Record<K, V> record = arrived.withHeaders(arrived.headers());
            InputRecord.Source source = source(record);
            InputRecord kept = codec.encode(changelog, record, source);
            WaitingValue<K, V> waiting = texts.prepare(record, source);
            if (kept.sizeBytes() > settings.limits().maxRecordBytes()) {
                window.answerUnkept(waiting.refused(tooLarge(kept)), source);
            } else {
                window.add(waiting, kept);
            }
        }

        /** Behind another enricher the context speaks of the record that closed its window, not of this one. */
        private InputRecord.Source source(Record<K, V> record) {
            if (record.value() instanceof Enriched<?> earlier) {
                InputRecord.Source known = earlier.source();
                return new InputRecord.Source(known.topic(), known.partition(), known.offset(), record.timestamp());
            }
            return KafkaRecords.source(context, record.timestamp());
        }

        private Outcome<PreparedText> tooLarge(InputRecord kept) {
            return Outcome.rejected(
                    RejectionReason.RECORD_TOO_LARGE,
                    "record: expected key, value and headers of at most "
                            + settings.limits().maxRecordBytes() + " bytes (limits.maxRecordBytes), got "
                            + kept.sizeBytes());
        }

        private void forward(Answered<WaitingValue<K, V>> answered) {
            WaitingValue<K, V> waiting = answered.entry();
            Outcome<Labels> result = answered.labels().get(0);
            Record<K, V> record = waiting.record();
            Headers headers = result.fold(
                    labels -> modelHeaders.addAll(KafkaRecords.copy(record.headers())),
                    rejection -> DeadLetters.addReason(
                            modelHeaders.removeAll(KafkaRecords.copy(record.headers())), rejection));
            context.forward(new Record<>(record.key(), waiting.enriched(result), record.timestamp(), headers));
        }
    }
}
