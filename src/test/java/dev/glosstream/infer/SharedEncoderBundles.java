package dev.glosstream.infer;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.initializer.NormalInitializer;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.sequence.Task;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Bundles that share an encoder, and what is in it. */
public final class SharedEncoderBundles {
    private SharedEncoderBundles() {}

    /** Returns the parameters before the head of a bundle. */
    public static List<FloatBuffer> encoder(ModelBundle bundle) {
        try (Model model = ParameterFile.load(bundle, Device.cpu())) {
            return ((SequenceNetwork) model.getBlock())
                    .encoderParameters().stream()
                            .map(parameter ->
                                    FloatBuffer.wrap(parameter.getArray().toFloatArray()))
                            .toList();
        }
    }

    /** Writes a bundle of each task into a folder, with random weights and one encoder. */
    public static List<ModelBundle> pair(Path folder) {
        ModelBundle mood = TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        ModelBundle names = TinyBundles.write(folder.resolve("entities"), Task.ENTITIES);
        Engine.getInstance().setRandomSeed(11);
        try (Model model = LoadedModel.newModel("pair")) {
            SequenceNetwork first = LoadedModel.network(mood.manifest(), mood.ids(), DropoutRates.NONE);
            SequenceNetwork second = LoadedModel.networkBeside(first, names.manifest(), DropoutRates.NONE);
            for (SequenceNetwork network : List.of(first, second)) {
                network.setInitializer(new NormalInitializer(0.8f), parameter -> true);
                network.initialize(
                        model.getNDManager(),
                        DataType.FLOAT32,
                        BatchArrays.shapes(mood.manifest().architecture()));
            }
            return List.of(written(mood, first), written(names, second));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelBundle written(ModelBundle bundle, SequenceNetwork network) throws IOException {
        Path directory = bundle.directory();
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(directory.resolve("weights.params")))) {
            network.saveParameters(out);
        }
        return named(bundle, EncoderDigest.of(network, bundle.manifest().architecture(), directory));
    }

    /** Writes another digest of the encoder into the manifest of a bundle. */
    public static ModelBundle named(ModelBundle bundle, String encoder) throws IOException {
        ModelManifest manifest = bundle.manifest();
        ModelBundle.seal(
                bundle.directory(),
                manifest.withEncoder(encoder),
                List.copyOf(manifest.files().keySet()));
        return ModelBundle.open(bundle.directory());
    }
}
