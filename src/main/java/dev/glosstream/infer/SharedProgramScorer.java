package dev.glosstream.infer;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.glosstream.infer.torchscript.NetworkProgram;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores with several programs of one encoder: it runs once, the head of each program on its states. Every native array of a
 * call is released before it returns.
 */
final class SharedProgramScorer implements JointScorer {
    private final String models;
    private final List<TorchScriptModule> programs;
    private final NDManager manager;
    private final BatchBuffers buffers = new BatchBuffers();

    /**
     * Creates a scorer.
     *
     * @param models their names, for messages
     * @param programs written by {@link NetworkProgram}, of equal encoders in one precision; that of the first is run
     */
    SharedProgramScorer(String models, List<TorchScriptModule> programs) {
        this.models = models;
        this.programs = List.copyOf(programs);
        this.manager = programs.get(0).newManager();
    }

    @Override
    public List<List<ScoreMatrix>> score(PaddedBatch batch) {
        try (NDManager scratch = manager.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDList inputs = buffers.inputs(scratch, batch);
            NDArray states = programs.get(0).run(NetworkProgram.ENCODE, scratch, inputs);
            NDList encoded = new NDList(states, inputs.get(inputs.size() - 1));
            List<List<ScoreMatrix>> ofPrograms = new ArrayList<>(programs.size());
            for (TorchScriptModule program : programs) {
                ofPrograms.add(ScoreTranslator.cut(batch, program.run(NetworkProgram.CLASSIFY, scratch, encoded)));
            }
            return JointScorer.bySequence(batch.batchSize(), ofPrograms);
        } catch (EngineException | IllegalArgumentException | IllegalStateException e) {
            throw new InferenceException("models '" + models + "': failed on " + batch, e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
