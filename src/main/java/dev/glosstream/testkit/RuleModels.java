package dev.glosstream.testkit;

import dev.glosstream.pipeline.SharedModels;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Models that answer by rule instead of by weights: the same text, the same labels, in plain Java.
 *
 * <pre>{@code
 * RuleModels models = RuleModels.in(temporaryFolder)
 *         .sentiment("negative", "broken", "awful")
 *         .sentiment("positive", "lovely")
 *         .entities("ORG", "Acme Corp")
 *         .failingOn("poison");
 * }</pre>
 *
 * <p>The sentiment is the label with the most words in the text; without any, or at a tie, {@code neutral}. Words are told
 * apart as the tokenizer does: in any case, digits all alike. Everything around the models is real: limits, tokenizer,
 * windows, batches, decoding. Rules are given before the models are used; then any thread.
 */
public final class RuleModels {
    /** The sentiment of a text without any word of a rule. */
    public static final String NEUTRAL = "neutral";

    private final Path folder;
    private final Map<String, List<String>> wordsByLabel = new LinkedHashMap<>();
    private final Map<String, List<String>> phrasesByType = new LinkedHashMap<>();
    private final List<String> poison = new ArrayList<>();
    private final RuleLog log = new RuleLog();
    private final Map<Task, TaskModel> made = new LinkedHashMap<>();

    private RuleModels(Path folder) {
        this.folder = folder;
        wordsByLabel.put("negative", new ArrayList<>());
        wordsByLabel.put(NEUTRAL, new ArrayList<>());
        wordsByLabel.put("positive", new ArrayList<>());
        List.of("PER", "LOC", "ORG").forEach(type -> phrasesByType.put(type, new ArrayList<>()));
    }

    /**
     * Returns models without rules: every text is neutral and has no entities.
     *
     * @param folder for the bundles' files; whoever made it deletes it, for example JUnit's {@code TempDir}
     */
    public static RuleModels in(Path folder) {
        return new RuleModels(folder);
    }

    /** Adds words that speak for a label. */
    public RuleModels sentiment(String label, String... words) {
        requireUnused();
        wordsByLabel.computeIfAbsent(label, added -> new ArrayList<>()).addAll(Arrays.asList(words));
        return this;
    }

    /** Adds names that are entities of a type; a name may have several words. */
    public RuleModels entities(String type, String... names) {
        requireUnused();
        phrasesByType.computeIfAbsent(type, added -> new ArrayList<>()).addAll(Arrays.asList(names));
        return this;
    }

    /** Adds words on which the models fail: a text with one of them is rejected as {@code inference-failed}. */
    public RuleModels failingOn(String... words) {
        requireUnused();
        poison.addAll(Arrays.asList(words));
        return this;
    }

    private void requireUnused() {
        if (!made.isEmpty()) {
            throw new IllegalStateException("rule models: expected every rule before the models are used; move it up");
        }
    }

    /** Returns both models for an enricher. */
    public SharedModels models() {
        return models(Task.SENTIMENT, Task.ENTITIES);
    }

    /** Returns the models of some tasks for an enricher. */
    public SharedModels models(Task... tasks) {
        return SharedModels.of(taskModels(Arrays.asList(tasks)));
    }

    /** Returns the models of some tasks for the product's pipeline. */
    public synchronized List<TaskModel> taskModels(List<Task> tasks) {
        List<TaskModel> models = new ArrayList<>();
        for (Task task : tasks) {
            TaskModel model = made.get(task);
            if (model == null) {
                model = RuleBundle.of(task, words(), labels(task)).write(folder.resolve(task.code()));
                model = withScorer(model);
                made.put(task, model);
            }
            models.add(model);
        }
        return models;
    }

    private TaskModel withScorer(TaskModel written) {
        RuleBook book = new RuleBook(written.bundle(), wordsByLabel, phrasesByType, poison);
        return new TaskModel(written.bundle(), () -> new RuleScorer(book, log));
    }

    private List<String> labels(Task task) {
        return List.copyOf((task == Task.SENTIMENT ? wordsByLabel : phrasesByType).keySet());
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(poison);
        wordsByLabel.values().forEach(words::addAll);
        phrasesByType.values().forEach(words::addAll);
        return words;
    }

    /** Returns the folder of a task's bundle; it is written when the models are first used. */
    public Path folder(Task task) {
        return folder.resolve(task.code());
    }

    /** Makes every call of every model fail, as if the model or the machine were gone: not the fault of a record. */
    public void breakDown() {
        log.breakDown(true);
    }

    /** Makes the models answer again. */
    public void repair() {
        log.breakDown(false);
    }

    /** Returns how many scorers are open; 0 once everything made of the models is closed. */
    public int openScorers() {
        return log.open();
    }

    /**
     * Returns the sizes of the batches that were scored since this was last asked, in their order; of one task, because the
     * batches of all tasks are alike.
     */
    public List<Integer> takeBatches() {
        Task first = made.keySet().stream().sorted().findFirst().orElse(Task.SENTIMENT);
        return log.takeBatches(first);
    }

    /**
     * Asserts the sizes of the batches that were scored since they were last asked for, in their order. Texts are batched by
     * length, shortest first.
     */
    public void expectBatches(Integer... sizes) {
        List<Integer> scored = takeBatches();
        if (!Objects.equals(scored, List.of(sizes))) {
            throw new AssertionError("batches: expected " + List.of(sizes) + ", got " + scored);
        }
    }
}
