package dev.glosstream.train;

import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What teachers think of the classes of texts; nothing where nobody asks. One thread; close it to release the models. */
final class TeacherOpinions implements AutoCloseable {
    private final @Nullable Teachers teachers;
    private final double temperature;

    private TeacherOpinions(@Nullable Teachers teachers, double temperature) {
        this.teachers = teachers;
        this.temperature = temperature;
    }

    /**
     * Loads the teachers of a recipe, if its targets or a text without a label ask for them.
     *
     * @param examples all that will be learned from
     */
    static TeacherOpinions open(TrainingRecipe recipe, List<CorpusExample> examples) {
        TargetSettings targets = recipe.training().targets();
        boolean asked = recipe.task() == Task.SENTIMENT
                && !recipe.teachers().isEmpty()
                && (targets.distillation() > 0
                        || examples.stream().anyMatch(example -> example.label().isEmpty()));
        return new TeacherOpinions(asked ? Teachers.open(recipe) : null, targets.distillationTemperature());
    }

    /** Returns whether anybody asks. */
    boolean isAsked() {
        return teachers != null;
    }

    /** Returns per text the probability of each class; empty where nobody asks, or the stages refuse it. */
    List<Optional<float[]>> of(List<String> texts) {
        return teachers == null
                ? Collections.nCopies(texts.size(), Optional.empty())
                : teachers.probabilities(texts, temperature);
    }

    @Override
    public void close() {
        if (teachers != null) {
            teachers.close();
        }
    }
}
