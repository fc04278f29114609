package dev.glosstream.infer;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.infer.torchscript.Element;
import dev.glosstream.infer.torchscript.LstmKernel;
import dev.glosstream.infer.torchscript.NetworkParameters;
import dev.glosstream.infer.torchscript.NetworkProgram;
import dev.glosstream.infer.torchscript.ScriptArchive;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.model.NetworkPlan;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Task;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The weights of a bundle in native memory, loaded once and shared by the scorers of all threads.
 *
 * <p>Close it after every scorer made from it.
 */
public final class LoadedModel implements AutoCloseable {
    /** Name of the weights' format in a manifest: parameters as DJL writes them. */
    public static final String DJL_PARAMETERS = ModelManifest.Weights.DJL_PARAMETERS;

    /** The engine of DJL that all models run on. */
    static final String ENGINE = "PyTorch";

    private final ModelBundle bundle;
    private final ServedPrecision precision;
    private final Model model;
    /** The module that the model is, if it was written from parameters: one that can be run in two parts. */
    private final Optional<TorchScriptModule> program;

    private final Supplier<SequenceScorer> scorers;

    private LoadedModel(
            ModelBundle bundle,
            ServedPrecision precision,
            Model model,
            Optional<TorchScriptModule> program,
            Supplier<SequenceScorer> scorers) {
        this.bundle = bundle;
        this.precision = precision;
        this.model = model;
        this.program = program;
        this.scorers = scorers;
    }

    /**
     * Loads the engine, which takes a second, so that the first model need not; to be called on any thread while bundles are
     * read. What fails here fails again, and is told, when a model is loaded.
     */
    public static void beginEngine() {
        EngineSettings.forServing();
        CompletableFuture<Engine> unused = CompletableFuture.supplyAsync(() -> Engine.getEngine(ENGINE));
    }

    /**
     * Loads a bundle to be looked into and computed with on the processor, operator by operator where it holds DJL's
     * parameters.
     *
     * @throws BundleException if the weights are of a format that is not known or do not fit the manifest
     */
    public static LoadedModel load(ModelBundle bundle) {
        if (isTorchScript(bundle)) {
            return load(bundle, DeviceChoice.CPU, PrecisionChoice.AUTO);
        }
        return ofParameters(bundle, Device.cpu(), new ServedPrecision(ModelManifest.Weights.FP32, "as it was trained"));
    }

    /**
     * Loads a bundle to be served.
     *
     * @param choice where it is to run
     * @param precision in which arithmetic
     * @throws BundleException if the weights are of a format that is not known or do not fit the manifest
     * @throws dev.glosstream.config.ConfigException if this machine or this build of the engine has no such device, or the
     *     bundle cannot have that precision
     */
    public static LoadedModel load(ModelBundle bundle, DeviceChoice choice, PrecisionChoice precision) {
        Device device = InferenceDevice.of(choice);
        Processor processor = Processor.here();
        ServedPrecision served = ServedPrecision.of(bundle, precision, choice, processor);
        if (isTorchScript(bundle)) {
            return ofModule(bundle, served, TorchScriptModule.load(bundle, device));
        }
        if (device.isGpu()) {
            return ofParameters(bundle, device, served);
        }
        return ofProgram(bundle, served, processor.isX86() ? LstmKernel.PACKED : LstmKernel.PORTABLE);
    }

    /**
     * Loads a bundle to be served as {@code glosstream export --torchscript} would write it: with {@code torch.lstm}, as any
     * libtorch runs it, on the processor. It gives the same labels, and takes longer where weights could be packed.
     *
     * @param precision in which arithmetic
     * @throws BundleException if the weights are of a format that is not known or do not fit the manifest
     * @throws dev.glosstream.config.ConfigException if the bundle cannot have that precision
     */
    public static LoadedModel loadPortable(ModelBundle bundle, PrecisionChoice precision) {
        if (isTorchScript(bundle)) {
            return load(bundle, DeviceChoice.CPU, precision);
        }
        ServedPrecision served = ServedPrecision.of(bundle, precision, DeviceChoice.CPU, Processor.here());
        return ofProgram(bundle, served, LstmKernel.PORTABLE);
    }

    private static boolean isTorchScript(ModelBundle bundle) {
        String format = bundle.manifest().weights().format();
        if (!List.of(ModelManifest.Weights.TORCHSCRIPT, ModelManifest.Weights.DJL_PARAMETERS)
                .contains(format)) {
            throw new BundleException("model '" + bundle.id() + "': expected weights of format '"
                    + ModelManifest.Weights.DJL_PARAMETERS + "' or '" + ModelManifest.Weights.TORCHSCRIPT + "', got '"
                    + format + "'");
        }
        return format.equals(ModelManifest.Weights.TORCHSCRIPT);
    }

    private static LoadedModel ofParameters(ModelBundle bundle, Device device, ServedPrecision precision) {
        Model model = ParameterFile.load(bundle, device);
        return new LoadedModel(
                bundle,
                precision,
                model,
                Optional.empty(),
                () -> new DjlSequenceScorer(bundle.id(), model.newPredictor(new ScoreTranslator())));
    }

    /** Serves a bundle that holds DJL's parameters as a program. */
    static LoadedModel ofProgram(ModelBundle bundle, ServedPrecision precision, LstmKernel kernel) {
        Element element = precision.code().equals(ModelManifest.Weights.BF16) ? Element.BFLOAT16 : Element.FLOAT32;
        TorchScriptModule module = TorchScriptModule.of(bundle, program(bundle, element, kernel));
        return new LoadedModel(
                bundle,
                precision,
                module.model(),
                Optional.of(module),
                () -> new TorchScriptScorer(bundle.id(), module));
    }

    /** Writes the program of a bundle that holds DJL's parameters, which are in native memory only meanwhile. */
    private static ScriptArchive program(ModelBundle bundle, Element element, LstmKernel kernel) {
        try (Model model = ParameterFile.load(bundle, Device.cpu())) {
            NetworkParameters parameters = NetworkArrays.read(
                    (SequenceNetwork) model.getBlock(), bundle.manifest().architecture());
            return NetworkProgram.of(NetworkPlan.of(bundle.manifest(), bundle.ids()), parameters, element, kernel);
        }
    }

    private static LoadedModel ofModule(ModelBundle bundle, ServedPrecision precision, TorchScriptModule module) {
        return new LoadedModel(
                bundle, precision, module.model(), Optional.empty(), () -> new TorchScriptScorer(bundle.id(), module));
    }

    /** Returns an empty model on the PyTorch engine and on the processor, whatever else the machine has. */
    public static Model newModel(String name) {
        return newModel(name, Device.cpu());
    }

    /** Returns an empty model on the PyTorch engine. */
    static Model newModel(String name, Device device) {
        return Model.newInstance(name, device, ENGINE);
    }

    /**
     * Returns the network that a manifest describes, without parameters.
     *
     * @param ids of each column
     * @param dropout rates while training
     */
    public static SequenceNetwork network(ModelManifest manifest, List<? extends IdSpace> ids, DropoutRates dropout) {
        return new SequenceNetwork(
                manifest.architecture(),
                ids.stream().map(IdSpace::size).toList(),
                head(manifest),
                classes(manifest),
                dropout);
    }

    /**
     * Returns the network that a manifest describes on the embedding tables and the LSTM of another, without parameters of
     * its own.
     *
     * @param other of the same architecture
     * @param dropout rates while training; those before the head are the other's
     */
    public static SequenceNetwork networkBeside(SequenceNetwork other, ModelManifest manifest, DropoutRates dropout) {
        return other.beside(head(manifest), classes(manifest), dropout);
    }

    private static SequenceNetwork.Head head(ModelManifest manifest) {
        return manifest.task() == Task.ENTITIES ? SequenceNetwork.Head.PER_TOKEN : SequenceNetwork.Head.PER_TEXT;
    }

    private static int classes(ModelManifest manifest) {
        return manifest.task() == Task.ENTITIES
                ? BioTagSet.of(manifest.labels()).size()
                : manifest.labels().size();
    }

    /** Returns a scorer for one thread. */
    public SequenceScorer newScorer() {
        return scorers.get();
    }

    /**
     * Returns whether the encoders of two models are the same and may be run once for both: both say so, with parameters as
     * DJL writes them, in one precision and on the same device.
     */
    public boolean sharesEncoder(LoadedModel other) {
        return bundle.sharesEncoder(other.bundle)
                && program.isPresent() == other.program.isPresent()
                && (program.isPresent() || isNetwork())
                && (other.program.isPresent() || other.isNetwork())
                && precision.code().equals(other.precision.code())
                && model.getNDManager()
                        .getDevice()
                        .equals(other.model.getNDManager().getDevice());
    }

    private boolean isNetwork() {
        return model.getBlock() instanceof SequenceNetwork;
    }

    /**
     * Returns a scorer for one thread that runs the common encoder of models once.
     *
     * @param models at least one; each {@link #sharesEncoder} with the first
     */
    public static JointScorer newScorer(List<LoadedModel> models) {
        LoadedModel first = models.get(0);
        if (models.size() == 1) {
            return JointScorer.of(first.newScorer());
        }
        for (LoadedModel each : models) {
            if (!first.sharesEncoder(each)) {
                throw new IllegalArgumentException("model '" + each.bundle.id() + "': expected the encoder of '"
                        + first.bundle.id() + "', got another; give it a scorer of its own");
            }
        }
        String names = models.stream().map(each -> each.bundle.id()).collect(Collectors.joining("', '"));
        if (first.program.isPresent()) {
            return new SharedProgramScorer(
                    names,
                    models.stream().flatMap(each -> each.program.stream()).toList());
        }
        List<SequenceNetwork> networks = models.stream()
                .map(each -> (SequenceNetwork) each.model.getBlock())
                .toList();
        return new SharedEncoderScorer(
                names, networks, first.model.getNDManager().newSubManager());
    }

    /** Returns the model of DJL, for those who look into it. */
    Model model() {
        return model;
    }

    /** Returns the precision that it computes in, and why. */
    public ServedPrecision precision() {
        return precision;
    }

    /** Returns the bundle that was loaded. */
    public ModelBundle bundle() {
        return bundle;
    }

    /** Releases the native memory of the weights. */
    @Override
    public void close() {
        model.close();
    }
}
