package dev.glosstream.peers;

import dev.glosstream.app.bench.BaselineStages;
import dev.glosstream.app.bench.BenchTopics;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;
import org.apache.flink.streaming.api.windowing.triggers.PurgingTrigger;

/**
 * The two jobs, as their users write them: exactly-once from topic to topic, in a Flink inside this process.
 *
 * <p>A checkpoint every 100 ms, as often as Kafka Streams commits under exactly-once. Where Flink leaves a choice, the
 * faster one is taken: objects are reused, transactions come from a pool, no search for new partitions.
 */
final class FlinkJob {
    /** A record: key and value. */
    static final TypeInformation<Tuple2<byte[], byte[]>> RECORD = TypeInformation.of(new TypeHint<>() {});

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(100);
    /** Flink's default of an hour is more than a broker allows. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(1);
    /** In a backlog a window is always full long before. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    private static final int MAX_PARALLELISM = 128;

    private final BenchTopics topics;
    private final int parallelism;
    private final PeerModels models;

    /**
     * Describes the jobs.
     *
     * @param topics where texts lie and results go
     * @param parallelism subtasks of every step
     */
    FlinkJob(BenchTopics topics, int parallelism, PeerModels models) {
        this.topics = topics;
        this.parallelism = parallelism;
        this.models = models;
    }

    /** One prediction per record: source, map and sink in one chain, without a shuffle. */
    StreamExecutionEnvironment perRecord() {
        StreamExecutionEnvironment flink = environment();
        texts(flink).map(new RecordLabelling(models)).returns(RECORD).sinkTo(results());
        return flink;
    }

    /** Count windows, one at a time per subtask: a window belongs to a key, so there is one key for each subtask. */
    StreamExecutionEnvironment countWindows() {
        StreamExecutionEnvironment flink = environment();
        texts(flink)
                .keyBy(new SubtaskKey(keysOfSubtasks()))
                .window(GlobalWindows.create())
                .trigger(PurgingTrigger.of(new CountOrTime(BaselineStages.BATCH_ROWS, LONGEST_WAIT.toMillis())))
                .process(new WindowLabelling(models), RECORD)
                .sinkTo(results());
        return flink;
    }

    private StreamExecutionEnvironment environment() {
        Configuration settings = new Configuration();
        // A fault ends the job and with it the process: a restart would be measured as slowness.
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
        flink.setMaxParallelism(MAX_PARALLELISM);
        flink.enableCheckpointing(CHECKPOINT_INTERVAL.toMillis(), CheckpointingMode.EXACTLY_ONCE);
        flink.getConfig().enableObjectReuse();
        return flink;
    }

    private DataStream<Tuple2<byte[], byte[]>> texts(StreamExecutionEnvironment flink) {
        KafkaSource<Tuple2<byte[], byte[]>> source = KafkaSource.<Tuple2<byte[], byte[]>>builder()
                .setBootstrapServers(topics.servers())
                .setGroupId("bench-" + topics.run())
                .setTopics(topics.input())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty("partition.discovery.interval.ms", "-1")
                .setDeserializer(new RecordReading())
                .build();
        return flink.fromSource(source, WatermarkStrategy.noWatermarks(), "texts", RECORD);
    }

    private KafkaSink<Tuple2<byte[], byte[]>> results() {
        return KafkaSink.<Tuple2<byte[], byte[]>>builder()
                .setBootstrapServers(topics.servers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix("bench-" + topics.run())
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setProperty("transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT.toMillis()))
                .setRecordSerializer(new RecordWriting(topics.results()))
                .build();
    }

    /** Returns for each subtask a key that Flink's hashing hands to it. */
    private int[] keysOfSubtasks() {
        return IntStream.range(0, parallelism)
                .map(subtask -> IntStream.iterate(0, key -> key + 1)
                        .filter(key ->
                                KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, parallelism)
                                        == subtask)
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    /** Spreads records over the keys by the hash of their own. */
    private record SubtaskKey(int[] keys) implements KeySelector<Tuple2<byte[], byte[]>, Integer> {
        @Override
        public Integer getKey(Tuple2<byte[], byte[]> record) {
            return keys[Math.floorMod(Arrays.hashCode(record.f0), keys.length)];
        }
    }
}
