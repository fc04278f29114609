package dev.glosstream.enricher;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.TextRule;
import dev.glosstream.pipeline.SharedModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an enricher is told.
 *
 * <p>The models are opened by the first stream task that needs them and closed with the last one; enrichers whose settings
 * are made of one another share them. Whoever wants them to stay in memory through rebalances and restarts of the topology
 * opens them too: {@code try (var open = settings.models().open()) { … }}.
 *
 * @param name of the state stores and their changelog topics ({@code <application id>-<name>-window-changelog}), so it never
 *     changes while records wait; different for each enricher of a topology
 * @param models at most one per task
 * @param batching when records that wait together are labelled
 * @param limits what is rejected
 */
public record EnricherSettings(String name, SharedModels models, BatchingSettings batching, LimitSettings limits) {
    /** 20,000 characters; 768 KiB, which fits a record of Kafka's default size together with what is kept beside it. */
    public static final LimitSettings DEFAULT_LIMITS = new LimitSettings(LimitSettings.DEFAULT.maxChars(), 768 << 10);

    private static final TextRule NAME =
            new TextRule("[A-Za-z0-9._-]{1,100}", "1 to 100 letters, digits, '.', '_' or '-'");

    /** Validates the name. */
    public EnricherSettings {
        if (!NAME.accepts(name)) {
            throw new IllegalArgumentException("enricher: expected a name of " + NAME.words() + ", got '" + name + "'");
        }
    }

    /**
     * Returns settings with model bundles, default batching and default limits. The bundles are read and verified now.
     *
     * @param folders of the bundles, at most one per task
     * @throws dev.glosstream.model.BundleException if one is refused
     */
    public static EnricherSettings of(String name, Path... folders) {
        return of(name, SharedModels.ofFolders(List.of(folders)));
    }

    /** Returns settings with these models, default batching and default limits. */
    public static EnricherSettings of(String name, SharedModels models) {
        return new EnricherSettings(name, models, BatchingSettings.DEFAULT, DEFAULT_LIMITS);
    }

    /** Returns these settings for another enricher, with the same models. */
    public EnricherSettings withName(String other) {
        return new EnricherSettings(other, models, batching, limits);
    }

    /** Returns these settings with other models. */
    public EnricherSettings withModels(SharedModels others) {
        return new EnricherSettings(name, others, batching, limits);
    }

    /** Returns these settings with other batching. */
    public EnricherSettings withBatching(BatchingSettings other) {
        return new EnricherSettings(name, models, other, limits);
    }

    /**
     * Returns these settings with another longest wait of a record.
     *
     * @param longest 0 to 1 minute; Kafka Streams' {@code poll.ms} should not be longer
     */
    public EnricherSettings withMaxWait(Duration longest) {
        return withBatching(
                new BatchingSettings(batching.maxRecords(), batching.maxTokens(), longest, batching.tokenBudget()));
    }

    /**
     * Returns these settings with other limits.
     *
     * @param others {@code maxRecordBytes} counts key, value and headers as the serdes write them
     */
    public EnricherSettings withLimits(LimitSettings others) {
        return new EnricherSettings(name, models, batching, others);
    }
}
