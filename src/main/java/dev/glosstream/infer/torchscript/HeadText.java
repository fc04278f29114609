package dev.glosstream.infer.torchscript;

import dev.glosstream.model.NetworkPlan;

/**
 * Statements from the states of the encoder to scores, in single precision whatever the encoder computes in.
 *
 * <p>They read {@code states [B, T, S]}, {@code real [B, T, 1]}, which is 1 at real tokens and 0 behind them, and {@code
 * lengths}.
 */
final class HeadText {
    private static final String FAR_BELOW = "10000.";

    private final ProgramText program;
    private final NetworkParameters parameters;
    private final NetworkPlan plan;

    HeadText(ProgramText program, NetworkParameters parameters, NetworkPlan plan) {
        this.program = program;
        this.parameters = parameters;
        this.plan = plan;
    }

    /**
     * Adds the statements.
     *
     * @return the variable that holds the scores, {@code [B, T, K]} or {@code [B, K]}
     */
    String write() {
        String features = plan.head().equals("per-token") ? "states" : representation();
        program.say(
                "scores = torch.linear(%s, %s, %s)",
                features, program.exact(parameters.get("output.weight")), program.exact(parameters.get("output.bias")));
        return "scores";
    }

    private String representation() {
        switch (plan.representation()) {
            case "max-mean" -> maxMean();
            case "last" -> last();
            case "attention" -> attention();
            default ->
                throw new IllegalArgumentException(
                        "representation: expected one of network plans, got '" + plan.representation() + "'");
        }
        return "text";
    }

    private void maxMean() {
        program.say("kept = torch.mul(states, real)");
        program.say("highest = torch.amax(torch.add(kept, torch.mul(torch.sub(real, 1.), %s)), [1])", FAR_BELOW);
        program.say("mean = torch.div(torch.sum(kept, [1]), torch.sum(real, [1]))");
        program.say("text = torch.cat([highest, mean], 1)");
    }

    private void last() {
        int units = plan.lstm().stateSize();
        program.say(
                "end = torch.expand(torch.unsqueeze(torch.unsqueeze(torch.sub(lengths, 1), 1), 2), [-1, 1, %d])",
                units);
        program.say("ahead = torch.squeeze(torch.gather(torch.slice(states, 2, 0, %d), 1, end), 1)", units);
        program.say("behind = torch.slice(torch.select(states, 1, 0), 1, %d)", units);
        program.say("text = torch.cat([ahead, behind], 1)");
    }

    private void attention() {
        program.say(
                "activations = torch.tanh(torch.linear(states, %s, %s))",
                program.exact(parameters.get("representation.hidden.weight")),
                program.exact(parameters.get("representation.hidden.bias")));
        program.say(
                "opinions = torch.linear(activations, %s)",
                program.exact(parameters.get("representation.score.weight")));
        program.say("shares = torch.softmax(torch.add(opinions, torch.mul(torch.sub(real, 1.), %s)), 1)", FAR_BELOW);
        program.say("text = torch.sum(torch.mul(states, shares), [1])");
    }
}
