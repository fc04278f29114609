package dev.glosstream.app;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.pipeline.TextLabeller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code glosstream label}: lines in, labelled lines out, without Kafka. */
@Command(
        name = "label",
        header = "Label the lines of standard input.",
        description = {
            "Reads UTF-8 texts, one a line, and writes one line for each, in their order: the sentiment with its"
                    + " probability and the text with its entities, or why the text was refused. Lines are labelled"
                    + " together as far as they are there, so a typed line is answered at once.",
            "",
            "JSON: {\"text\", \"sentiment\": {\"label\", \"score\", \"scores\": {label: p}}, \"entities\": [{\"type\","
                    + " \"start\", \"end\", \"text\", \"score\"}], \"tokens\", \"truncated\", \"models\": {task:"
                    + " \"name@version\"}}; \"sentiment\" and \"entities\" only if a model of that task is loaded."
                    + " Offsets are UTF-16 units, end exclusive. A refused line: {\"text\", \"rejected\": {\"reason\","
                    + " \"detail\"}}.",
        },
        footer = {
            "",
            "Examples:",
            "  echo 'Paris was lovely' | glosstream label",
            "  glosstream label --json < texts.txt > labels.jsonl",
            "  glosstream label --model models/sentiment-en < texts.txt",
        })
final class LabelCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Folder of a model bundle, at most one per task; may be repeated. Default: models/sentiment-en"
                            + " and models/entities-en of the installation.")
    private List<Path> folders = new ArrayList<>();

    @Mixin
    private PrecisionOption precision = new PrecisionOption();

    @Option(names = "--json", description = "Print JSON lines.")
    private boolean json;

    LabelCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        List<Path> chosen = folders.isEmpty() ? Installation.models() : folders;
        try (OpenModels models = OpenModels.load(chosen, DeviceChoice.CPU, precision.choice());
                TextLabeller labeller = new TextLabeller(
                        models.models(), LimitSettings.DEFAULT, BatchingSettings.DEFAULT, new BatchStatistics())) {
            ResultPrinter printer = json ? new ResultJson(models.ids()) : new ResultText(surroundings.colour());
            LineInput input = new LineInput(surroundings.in(), LimitSettings.DEFAULT.maxRecordBytes());
            new LineLabeller(labeller, BatchingSettings.DEFAULT)
                    .labelAll(input, printer, new LineOutput(surroundings.out()));
        }
        return ExitCode.OK;
    }
}
