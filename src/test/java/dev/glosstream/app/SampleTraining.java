package dev.glosstream.app;

import dev.glosstream.model.Digests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The training of a small sentiment model on the samples, whose weights tests compare from process to process. */
final class SampleTraining {
    /** The same weights are promised for the same number of threads, as many as the process of the tests has. */
    static final Map<String, String> OPTIONS = Map.of(
            "GLOSSTREAM_JAVA_OPTS",
            "-Xmx512m -XX:TieredStopAtLevel=1 -Dai.djl.pytorch.num_threads=1 -Dai.djl.pytorch.num_interop_threads=1");

    private SampleTraining() {}

    /** Returns the arguments of the command. */
    static List<String> arguments(Path out, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "sentiment",
                "--data",
                "samples/train/sentiment-train.tsv",
                "--dev",
                "samples/train/sentiment-dev.tsv",
                "--out",
                out.toString()));
        for (String setting : settings) {
            arguments.add("--set");
            arguments.add(setting);
        }
        return arguments;
    }

    /** Returns the digest of a bundle's weights. */
    static String weights(Path bundle) throws IOException {
        return Digests.sha256(bundle.resolve("weights.params"));
    }
}
