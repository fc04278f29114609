package dev.glosstream.app;

/** How DJL and PyTorch run in this process; what is given on Java's command line stays as it is. */
final class EngineSettings {
    private EngineSettings() {}

    /**
     * Sets what serving needs; to be called before the first model is loaded.
     *
     * <p>One thread per predictor, because stream threads share the cores already; no graph optimiser, because it would
     * work again for each new batch shape.
     */
    static void forServing() {
        offline();
        set("ai.djl.pytorch.num_threads", "1");
        set("ai.djl.pytorch.num_interop_threads", "1");
        set("ai.djl.pytorch.graph_optimizer", "false");
    }

    /** Keeps DJL from looking for anything on the network. */
    static void offline() {
        set("ai.djl.offline", "true");
        set("OPT_OUT_TRACKING", "true");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
