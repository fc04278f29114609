package dev.glosstream.infer;

import ai.djl.Device;
import ai.djl.Model;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.infer.torchscript.Element;
import dev.glosstream.infer.torchscript.NetworkProgram;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.model.NetworkPlan;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The weights of bundles that share an encoder, in native memory once, to be run as one network of several heads.
 *
 * <p>Close it after every scorer made from it. Any thread may make scorers.
 */
public final class JointModel implements AutoCloseable {
    private final List<ModelBundle> bundles;
    private final ServedPrecision precision;
    private final Supplier<JointScorer> scorers;
    private final List<Model> models;

    private JointModel(
            List<ModelBundle> bundles, ServedPrecision precision, Supplier<JointScorer> scorers, List<Model> models) {
        this.bundles = List.copyOf(bundles);
        this.precision = precision;
        this.scorers = scorers;
        this.models = List.copyOf(models);
    }

    /**
     * Loads bundles to be served.
     *
     * @param bundles at least two; each {@link ModelBundle#sharesEncoder} with the first
     * @param choice where they are to run
     * @param precision in which arithmetic; if it is to be found out, that which suits all
     * @throws BundleException if the weights of one do not fit its manifest
     * @throws dev.glosstream.config.ConfigException if this machine or this build of the engine has no such device, or a
     *     bundle cannot have that precision
     */
    public static JointModel load(List<ModelBundle> bundles, DeviceChoice choice, PrecisionChoice precision) {
        ModelBundle first = bundles.get(0);
        for (ModelBundle bundle : bundles) {
            if (!first.sharesEncoder(bundle)) {
                throw new IllegalArgumentException("model '" + bundle.id() + "': expected the encoder of '" + first.id()
                        + "', got another; load it by itself");
            }
        }
        Device device = InferenceDevice.of(choice);
        ServedPrecision served = common(bundles.stream()
                .map(bundle -> ServedPrecision.of(bundle, precision, choice, Processor.here()))
                .toList());
        return device.isGpu() ? ofNetworks(bundles, served, device) : ofProgram(bundles, served);
    }

    /** What one of the bundles cannot do, none does. */
    private static ServedPrecision common(List<ServedPrecision> each) {
        return each.stream()
                .filter(precision -> precision.code().equals(ModelManifest.Weights.FP32))
                .findFirst()
                .orElse(each.get(0));
    }

    private static JointModel ofProgram(List<ModelBundle> bundles, ServedPrecision precision) {
        Element element = precision.code().equals(ModelManifest.Weights.BF16) ? Element.BFLOAT16 : Element.FLOAT32;
        TorchScriptModule module = TorchScriptModule.ofHeads(
                bundles,
                NetworkProgram.ofHeads(
                        bundles.stream()
                                .map(bundle -> NetworkPlan.of(bundle.manifest(), bundle.ids()))
                                .toList(),
                        bundles.stream().map(LoadedModel::parameters).toList(),
                        element));
        String names = names(bundles);
        return new JointModel(bundles, precision, () -> new ProgramHeadsScorer(names, module), List.of(module.model()));
    }

    private static JointModel ofNetworks(List<ModelBundle> bundles, ServedPrecision precision, Device device) {
        List<Model> models = new ArrayList<>();
        try {
            bundles.forEach(bundle -> models.add(LoadedModel.loadParameters(bundle, device)));
        } catch (RuntimeException e) {
            models.forEach(Model::close);
            throw e;
        }
        String names = names(bundles);
        List<SequenceNetwork> networks =
                models.stream().map(model -> (SequenceNetwork) model.getBlock()).toList();
        return new JointModel(
                bundles,
                precision,
                () -> new NetworkHeadsScorer(
                        names, networks, models.get(0).getNDManager().newSubManager()),
                models);
    }

    private static String names(List<ModelBundle> bundles) {
        return bundles.stream().map(ModelBundle::id).collect(Collectors.joining("', '"));
    }

    /** Returns the bundles, in the order of the heads. */
    public List<ModelBundle> bundles() {
        return bundles;
    }

    /** Returns the precision that it computes in, and why. */
    public ServedPrecision precision() {
        return precision;
    }

    /** Returns a scorer for one thread. */
    public JointScorer newScorer() {
        return scorers.get();
    }

    /**
     * Returns a scorer of one bundle for one thread; the heads of the others run in vain.
     *
     * @param bundle one of {@link #bundles}
     */
    public SequenceScorer newScorer(ModelBundle bundle) {
        int head = bundles.indexOf(bundle);
        JointScorer all = newScorer();
        return new SequenceScorer() {
            @Override
            public List<ScoreMatrix> score(PaddedBatch batch) {
                return all.score(batch).stream().map(scores -> scores.get(head)).toList();
            }

            @Override
            public void close() {
                all.close();
            }
        };
    }

    /** Releases the native memory of the weights. */
    @Override
    public void close() {
        models.forEach(Model::close);
    }
}
