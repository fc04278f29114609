package dev.glosstream.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.infer.NetworkArrays;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.model.NetworkPlan;
import dev.glosstream.model.TorchPlan;
import dev.glosstream.train.BundleAgreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glosstream export}: a bundle that DJL trained in, the same network as TorchScript out. */
@Command(
        name = "export",
        header = "Write a model bundle in another format.",
        description = {
            "Turns a bundle of DJL parameters into one of TorchScript, which any libtorch runs and which can compute in"
                    + " bf16. The new bundle is compared with the old one on texts before it is written: the same labels"
                    + " and, in fp32, logits that differ by at most 0.0001.",
            "",
            "Runs training/export.py with a Python that has PyTorch.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream export --torchscript --model models/sentiment-en --out /tmp/sentiment-en-ts",
            "  glosstream export --torchscript --precision bf16 --model models/entities-en --out /tmp/entities-en-bf16",
        })
final class ExportBundleCommand implements Callable<Integer> {
    private static final double TOLERANCE = 1e-4;
    private static final String WEIGHTS = "weights.pt";
    private static final String PARAMETERS = "parameters.npz";

    @Spec
    private CommandSpec spec;

    @Option(names = "--torchscript", description = "Write TorchScript, the one format there is so far.")
    private boolean torchScript;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder of the bundle to read.")
    private Path model;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the bundle to write.")
    private Path out;

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = ModelManifest.Weights.FP32,
            description = "Of the arithmetic inside: fp32 or bf16; default: ${DEFAULT-VALUE}.")
    private String precision;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description = "Texts to compare both bundles on, one a line; default: the sample events.")
    private @Nullable Path check;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            description = "The Python to use; default: python3, then /usr/bin/python3.")
    private @Nullable String python;

    @Override
    public Integer call() throws IOException {
        ModelBundle bundle = ModelBundle.open(model);
        requireOptions(bundle);
        List<String> texts = texts();
        PythonProgram program = PythonProgram.find(python);
        try (TemporaryFolder folder = TemporaryFolder.create("glosstream-export-")) {
            ModelBundle exported = export(bundle, program, folder.path());
            BundleAgreement agreement = BundleAgreement.of(bundle, exported, texts);
            requireAgreement(exported, agreement);
            publish(exported);
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "wrote %s (torchscript, %s) to %s%n%d texts: logits differ by at most %.2g, labels of %d (%.2f %%)"
                                    + " are the same%n",
                            exported.id(),
                            precision,
                            out,
                            agreement.texts(),
                            agreement.largestDifference(),
                            agreement.sameLabels(),
                            100 * agreement.sameShare());
        }
        return ExitCode.OK;
    }

    private void requireOptions(ModelBundle bundle) {
        if (!torchScript) {
            throw new UsageException("format: expected --torchscript, got none");
        }
        if (!List.of(ModelManifest.Weights.FP32, ModelManifest.Weights.BF16).contains(precision)) {
            throw new UsageException("--precision: expected fp32 or bf16, got '" + precision + "'");
        }
        if (out.toAbsolutePath().normalize().equals(model.toAbsolutePath().normalize())) {
            throw new UsageException("--out: expected another folder than that of --model, got " + out);
        }
        String format = bundle.manifest().weights().format();
        if (!format.equals(ModelManifest.Weights.DJL_PARAMETERS)) {
            throw new UsageException("--model: expected a bundle of format '" + ModelManifest.Weights.DJL_PARAMETERS
                    + "', got " + bundle.id() + " of format '" + format + "'");
        }
    }

    private List<String> texts() throws IOException {
        if (check != null) {
            return Files.readAllLines(check);
        }
        ObjectMapper json = new ObjectMapper();
        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(Installation.events())) {
            texts.add(json.readTree(line).path("text").asText());
        }
        return texts;
    }

    private ModelBundle export(ModelBundle bundle, PythonProgram program, Path folder) throws IOException {
        Path handedOver = Files.createDirectory(folder.resolve("network"));
        TorchPlan.of(bundle.manifest(), NetworkPlan.of(bundle.manifest(), bundle.ids()), null)
                .write(handedOver);
        NetworkArrays.write(bundle, handedOver.resolve(PARAMETERS));
        Path written = Files.createDirectory(folder.resolve("bundle"));
        program.run(
                Installation.home().resolve("training/export.py"),
                handedOver.toString(),
                "--out",
                written.resolve(WEIGHTS).toString(),
                "--precision",
                precision);
        List<String> files = new ArrayList<>(List.of(WEIGHTS));
        for (String name : bundle.manifest().files().keySet()) {
            if (!name.equals(bundle.manifest().weights().file())) {
                Files.copy(bundle.directory().resolve(name), written.resolve(name));
                files.add(name);
            }
        }
        ModelBundle.seal(
                written,
                bundle.manifest()
                        .exported(new ModelManifest.Weights(WEIGHTS, ModelManifest.Weights.TORCHSCRIPT, precision)),
                files);
        return ModelBundle.open(written);
    }

    private void requireAgreement(ModelBundle exported, BundleAgreement agreement) {
        boolean exact = precision.equals(ModelManifest.Weights.FP32);
        if (exact && !(agreement.largestDifference() <= TOLERANCE)) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "model '" + exported.id() + "': expected logits that differ by at most " + TOLERANCE + ", got "
                            + agreement.largestDifference() + " on " + agreement.texts()
                            + " texts; nothing is written");
        }
    }

    /** The manifest last: until then what is there does not fit together. */
    private void publish(ModelBundle exported) throws IOException {
        Files.createDirectories(out);
        List<String> names = new ArrayList<>(exported.manifest().files().keySet());
        names.add(ModelBundle.CARD);
        names.add(ModelBundle.MANIFEST);
        for (String name : names) {
            Files.copy(exported.directory().resolve(name), out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
