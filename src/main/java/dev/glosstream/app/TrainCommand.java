package dev.glosstream.app;

import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.Corpus;
import dev.glosstream.train.CorpusChoice;
import dev.glosstream.train.JointRecipe;
import dev.glosstream.train.ModelTrainer;
import dev.glosstream.train.RecipeFile;
import dev.glosstream.train.TrainingData;
import dev.glosstream.train.TrainingRecipe;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.corpus.LabelMap;
import dev.glosstream.train.corpus.LabelledEvents;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glosstream train}: corpora in, a model bundle out. */
@Command(
        name = "train",
        header = "Train a model bundle.",
        description = {
            "Trains embedding tables and a bidirectional LSTM on labelled texts, measures the model after each epoch, and"
                    + " keeps the best as a bundle.",
            "",
            "Data: FORMAT:PATH, or a path whose format is told by its name. Sentiment: tsv (label TAB text), goemotions,"
                    + " semeval, tweeteval, newsmtsc, pros-cons, vader, opinion-lexicon. Entities: conll (token TAB tag), btc,"
                    + " uner, gmb, masked-names. ' * 0.5' after it keeps half. If one folder is given that holds all corpora"
                    + " of the recipe, those are used.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream train sentiment --data samples/train/sentiment-train.tsv --out /tmp/my-sentiment",
            "  glosstream train entities --data samples/train/entities-train.conll"
                    + " --dev samples/train/entities-dev.conll --out /tmp/my-entities --set training.epochs=20",
            "  glosstream train entities --data CORPORA --skip-bad-rows --out /tmp/entities-en",
            "  glosstream train entities --data CORPORA --skip-bad-rows --out /tmp/entities-en --resume",
            "  glosstream train joint --data CORPORA --skip-bad-rows --out /tmp/joint-en",
            "  glosstream train sentiment --from-topic labelled --bootstrap-servers localhost:9092 --out /tmp/my-sentiment",
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TASK",
            description = "What the model predicts: sentiment or entities; joint for both on one encoder.")
    private String task;

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Training data, or the folder below which the recipe's corpora lie.")
    private List<String> data = new ArrayList<>();

    @Option(
            names = "--dev",
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Data that decides which epoch is kept; without it every tenth example is held out.")
    private List<String> dev = new ArrayList<>();

    @Option(
            names = "--by-heart",
            description =
                    "Judge by the training data itself: the score shows that it was learned, and says nothing about"
                            + " other texts.")
    private boolean byHeart;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the bundle.")
    private Path out;

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "Network and training settings; default: training/TASK-en.yaml of the installation.")
    private @Nullable Path recipeFile;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a setting of the recipe, for example training.epochs=3; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--from-topic",
            paramLabel = "TOPIC",
            description =
                    "Instead of --data: labelled events of a Kafka topic, read to its end. JSON with text and label, or"
                            + " with text and entities (start, end, type).")
    private @Nullable String topic;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "Property of the consumer for --from-topic, bootstrap.servers for one; may be repeated.")
    private Map<String, String> kafka = new TreeMap<>();

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Brokers for --from-topic.")
    private @Nullable String servers;

    @Option(
            names = "--unlabelled",
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Texts for teachers (--set teachers=DIR,DIR) to label; any format, also text: a text a line.")
    private List<String> unlabelled = new ArrayList<>();

    @Option(
            names = "--label",
            paramLabel = "FROM=TO",
            description = "What becomes of a label of the data: another label, or drop; may be repeated.")
    private Map<String, String> labels = new TreeMap<>();

    @Option(
            names = "--resume",
            description =
                    "Go on with a training into this folder that was interrupted, to the same result; recipe and data"
                            + " must be the same.")
    private boolean resume;

    @Option(names = "--skip-bad-rows", description = "Leave out rows that cannot be read instead of stopping.")
    private boolean skipBadRows;

    @Option(
            names = "--prepare",
            description = "Do not train: write what training would read to --out, for training/train.py.")
    private boolean prepare;

    @Override
    public Integer call() throws IOException {
        PrintWriter terminal = spec.commandLine().getErr();
        if (task.equals(JointRecipe.TASK)) {
            requireFolderAlone();
            new JointTraining(recipePath(), overrides, terminal)
                    .run(Path.of(data.get(0)), new CorpusReader(skipBadRows), out, resume);
        } else {
            trainOne(terminal);
        }
        return 0;
    }

    private void trainOne(PrintWriter terminal) throws IOException {
        TrainingRecipe recipe = RecipeFile.read(recipePath(), overrides);
        requireAgreement(recipe);
        CorpusReader reader = new CorpusReader(skipBadRows);
        Path workingDirectory = Path.of("").toAbsolutePath();
        TrainingData trainingData;
        Path root = workingDirectory;
        if (data.size() == 1 && TrainingData.isRoot(recipe, Path.of(data.get(0)))) {
            root = Path.of(data.get(0));
            trainingData = TrainingData.ofRecipe(recipe, root, reader);
        } else {
            recipe = recipe.forOwnData(
                    String.valueOf(out.toAbsolutePath().normalize().getFileName()));
            // The shipped recipe's lexicons and vectors lie with its corpora; a recipe of the user's own says where its
            // are.
            recipe = recipeFile == null ? ownNetwork(recipe) : recipe;
            trainingData = read(recipe, workingDirectory, reader);
        }
        if (!unlabelled.isEmpty()) {
            Corpus texts = Corpus.readTexts(choices(unlabelled), workingDirectory, reader);
            trainingData = trainingData.withUnlabelled(texts, Corpus.EMPTY);
        }
        trainingData = trainingData.withPretrainingTexts(TrainingData.pretrainingTexts(List.of(recipe), root, reader));
        reader.problems().forEach(problem -> terminal.println("skipped " + problem));
        terminal.println(trainingData.describe());
        try (TrainingProgress progress = new TrainingProgress(terminal)) {
            ModelTrainer trainer = new ModelTrainer(recipe, "glosstream " + Version.current(), progress);
            if (prepare) {
                trainer.prepare(trainingData, root, out);
                terminal.println("wrote what training reads to " + out + "; go on with: python3 "
                        + Installation.home().resolve("training/train.py") + " " + out + " --out BUNDLE");
                return;
            }
            ModelBundle bundle =
                    resume ? trainer.resume(trainingData, root, out) : trainer.train(trainingData, root, out);
            terminal.println("wrote " + bundle.id() + " to " + out);
        }
    }

    /** The texts of a shipped recipe's pretraining lie with its corpora too, unless it is overridden. */
    private TrainingRecipe ownNetwork(TrainingRecipe recipe) {
        TrainingRecipe own = recipe.withoutColumnFiles();
        return overrides.stream().anyMatch(override -> override.startsWith("pretraining."))
                ? own.withPretraining(recipe.pretraining())
                : own;
    }

    private TrainingData read(TrainingRecipe recipe, Path root, CorpusReader reader) {
        if (topic != null) {
            return ofTopic(topic, recipe, root, reader);
        }
        return byHeart
                ? TrainingData.byHeart(recipe, choices(data), root, reader)
                : TrainingData.of(recipe, choices(data), choices(dev), root, reader);
    }

    private TrainingData ofTopic(String name, TrainingRecipe recipe, Path root, CorpusReader reader) {
        Map<String, String> properties = new TreeMap<>(kafka);
        if (servers != null) {
            properties.put("bootstrap.servers", servers);
        }
        LabelMap known = LabelMap.of(labels, Set.copyOf(recipe.labels()));
        LabelledTopic.Events events =
                new LabelledTopic(properties, skipBadRows).read(name, new LabelledEvents(recipe.task(), known));
        events.problems().forEach(problem -> spec.commandLine().getErr().println("skipped " + problem));
        return TrainingData.of(
                Corpus.ofExamples("topic:" + name, events.examples()),
                Corpus.readKnown(choices(dev), root, recipe, CorpusFile.Part.DEV, reader));
    }

    private List<CorpusChoice> choices(List<String> sources) {
        return sources.stream()
                .map(source -> CorpusChoice.parse(source).withLabels(labels))
                .toList();
    }

    private void requireFolderAlone() {
        boolean more = topic != null || byHeart || prepare;
        if (data.size() != 1 || more || !dev.isEmpty() || !unlabelled.isEmpty() || !labels.isEmpty()) {
            throw new UsageException("joint: expected --data with the folder of the recipe's corpora, without --dev,"
                    + " --by-heart, --from-topic, --unlabelled, --label and --prepare");
        }
    }

    private void requireAgreement(TrainingRecipe recipe) {
        if (data.isEmpty() == (topic == null)) {
            throw new UsageException("--data: expected training data or --from-topic TOPIC, got "
                    + (topic == null ? "neither" : "both"));
        }
        if (topic != null && servers == null && !kafka.containsKey("bootstrap.servers")) {
            throw new UsageException("--from-topic: expected --bootstrap-servers HOST:PORT too, got none");
        }
        if (byHeart && topic != null) {
            throw new UsageException("--by-heart: expected --data, got --from-topic; leave one of them out");
        }
        if (byHeart && !dev.isEmpty()) {
            throw new UsageException("--by-heart: expected no --dev, got one; leave one of them out");
        }
        if (!recipe.task().code().equals(task)) {
            throw new UsageException(
                    "TASK: expected '" + recipe.task().code() + "', as the recipe says, got '" + task + "'");
        }
        if (data.size() == 1 && TrainingData.isRoot(recipe, Path.of(data.get(0))) && !dev.isEmpty()) {
            throw new UsageException("--dev: expected none, the recipe whose corpora lie below " + data.get(0)
                    + " names its own; change it there");
        }
    }

    private Path recipePath() {
        if (recipeFile != null) {
            return recipeFile;
        }
        if (Task.ofCode(task).isEmpty() && !task.equals(JointRecipe.TASK)) {
            throw new UsageException("TASK: expected sentiment, entities or joint, got '" + task + "'");
        }
        return Installation.home().resolve("training").resolve(task + "-en.yaml");
    }
}
