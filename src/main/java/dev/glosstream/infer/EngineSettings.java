package dev.glosstream.infer;

/**
 * How DJL and PyTorch run in this process; what is given on Java's command line stays as it is.
 *
 * <p>They are system properties, because the engine asks for them nowhere else; to be set before the engine is first used.
 */
public final class EngineSettings {
    private EngineSettings() {}

    /**
     * Sets what serving needs.
     *
     * <p>One thread per predictor, because stream threads share the cores already; no graph optimiser, because it would
     * work again for each new batch shape.
     */
    public static void forServing() {
        set("ai.djl.pytorch.num_threads", "1");
        set("ai.djl.pytorch.num_interop_threads", "1");
        set("ai.djl.pytorch.graph_optimizer", "false");
        withoutReports();
    }

    /** Keeps DJL from looking for anything on the network. */
    public static void offline() {
        set("ai.djl.offline", "true");
        withoutReports();
    }

    /** Keeps DJL from telling its makers that it is used. */
    private static void withoutReports() {
        set("OPT_OUT_TRACKING", "true");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
