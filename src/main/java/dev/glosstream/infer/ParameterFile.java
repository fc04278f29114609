package dev.glosstream.infer;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads the parameters of a bundle as DJL wrote them, and refuses those of another network. */
final class ParameterFile {
    private ParameterFile() {}

    /**
     * Returns a model whose block is the {@link SequenceNetwork} of a bundle; the caller closes it.
     *
     * @throws BundleException if the parameters do not fit the manifest
     */
    static Model load(ModelBundle bundle, Device device) {
        ModelManifest manifest = bundle.manifest();
        Model model = LoadedModel.newModel(manifest.name(), device);
        SequenceNetwork network = LoadedModel.network(manifest, bundle.ids(), DropoutRates.NONE);
        model.setBlock(network);
        Path file = bundle.directory().resolve(manifest.weights().file());
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            network.initialize(model.getNDManager(), DataType.FLOAT32, BatchArrays.shapes(manifest.architecture()));
            Map<String, Shape> expected = shapes(network);
            network.getParameters().values().forEach(Parameter::close);
            network.loadParameters(model.getNDManager(), in);
            // Else PyTorch, on every thread but the one that loaded the engine, would note each step for a gradient.
            network.freezeParameters(true);
            requireShapes(expected, shapes(network));
            requireEncoder(bundle, network);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new BundleException(
                    "model '" + bundle.id() + "': expected weights in " + file + " that fit the manifest, got "
                            + e.getMessage(),
                    e);
        }
        return model;
    }

    private static Map<String, Shape> shapes(SequenceNetwork network) {
        Map<String, Shape> shapes = new TreeMap<>();
        network.getParameters()
                .forEach(pair ->
                        shapes.put(pair.getKey(), pair.getValue().getArray().getShape()));
        return shapes;
    }

    /** DJL takes whatever shapes the file holds; a network of other sizes than the manifest says must not serve. */
    private static void requireShapes(Map<String, Shape> expected, Map<String, Shape> found) {
        expected.forEach((name, shape) -> {
            if (!shape.equals(found.get(name))) {
                throw new IllegalArgumentException(
                        "parameter '" + name + "': expected shape " + shape + ", got " + found.get(name));
            }
        });
    }

    /** Two bundles are run as one because they name the same encoder: then it must be what the name says. */
    private static void requireEncoder(ModelBundle bundle, SequenceNetwork network) throws IOException {
        String expected = bundle.manifest().encoder();
        if (!expected.isEmpty()) {
            String found = EncoderDigest.of(network, bundle.manifest().architecture(), bundle.directory());
            if (!found.equals(expected)) {
                throw new IllegalArgumentException("encoder: expected SHA-256 " + expected + ", got " + found);
            }
        }
    }
}
