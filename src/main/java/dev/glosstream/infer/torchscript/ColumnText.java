package dev.glosstream.infer.torchscript;

import dev.glosstream.model.NetworkPlan;
import java.util.Arrays;

/**
 * Statements from the ids of a token column to the vector that it gives each token.
 *
 * <p>Padding counts for nothing because row 0 of every table is written as zeros: sums need no mask, and several ids of a
 * token are looked up and added in one operator.
 */
final class ColumnText {
    private static final int KERNEL = 3;

    private final ProgramText program;
    private final NetworkParameters parameters;

    ColumnText(ProgramText program, NetworkParameters parameters) {
        this.program = program;
        this.parameters = parameters;
    }

    /**
     * Adds the statements of a column; they read {@code ids<number>}, {@code B} and {@code T}.
     *
     * @return the variable that holds its vectors {@code [B, T, F]}
     */
    String write(int number, NetworkPlan.Column column) {
        String table = program.coarse(withoutPadding(parameters.get("tables." + column.table() + ".weight")));
        String vectors = "v" + number;
        switch (column.kind()) {
            case "entry" -> program.say("%s = torch.embedding(%s, ids%d)", vectors, table, number);
            case "lexicon", "ngrams" -> sum(number, column, table, vectors);
            case "characters-cnn" -> convolution(number, column, table, vectors);
            case "characters-lstm" -> lastStates(number, column, table, vectors);
            default ->
                throw new IllegalArgumentException(
                        "column: expected a kind of network plans, got '" + column.kind() + "'");
        }
        return vectors;
    }

    /** Rows of padding are looked up for cells that mean nothing, and where a token has fewer ids than others. */
    private static StoredTensor withoutPadding(StoredTensor table) {
        float[] values = table.values().clone();
        Arrays.fill(values, 0, table.shape()[1], 0f);
        return new StoredTensor(table.name(), table.shape(), values, table.element());
    }

    private void sum(int number, NetworkPlan.Column column, String table, String vectors) {
        program.say(
                "s%d = (torch.embedding_bag(%s, torch.reshape(ids%d, [-1]), %s, False, 0, False, None, False))[0]",
                number, table, number, ProgramText.range("torch.numel(ids" + number + ")", column.idsPerToken()));
        program.say("t%d = torch.view(s%d, [B, T, %d])", number, number, column.outputSize());
        if (column.kind().equals("lexicon")) {
            program.say("%s = t%d", vectors, number);
        } else {
            program.say("n%d = torch.clamp(torch.sum(torch.ne(ids%d, 0), [2], True), 1)", number, number);
            program.say("%s = torch.div(t%d, torch.to(n%d, %d))", vectors, number, number, program.type());
        }
    }

    private void convolution(int number, NetworkPlan.Column column, String table, String vectors) {
        String weight = program.coarse(parameters.get("columns." + number + ".convolution.weight"));
        String bias = program.coarse(parameters.get("columns." + number + ".convolution.bias"));
        program.say("f%d = torch.reshape(ids%d, [-1, %d])", number, number, column.idsPerToken());
        program.say(
                "c%d = torch.conv1d(torch.transpose(torch.embedding(%s, f%d), 1, 2), %s, %s, [1], [%d], [1], 1)",
                number, table, number, weight, bias, KERNEL / 2);
        // Padding falls below every value of tanh.
        program.say(
                "m%d = torch.sub(torch.tanh(c%d), torch.unsqueeze(torch.to(torch.eq(f%d, 0), %d), 1), alpha=2)",
                number, number, number, program.type());
        program.say("%s = torch.view(torch.amax(m%d, [2]), [B, T, %d])", vectors, number, column.outputSize());
    }

    private void lastStates(int number, NetworkPlan.Column column, String table, String vectors) {
        int length = column.idsPerToken() / 2;
        int units = column.outputSize() / 2;
        program.say("f%d = torch.reshape(ids%d, [-1, %d])", number, number, column.idsPerToken());
        program.say("e%d = torch.embedding(%s, f%d)", number, table, number);
        program.say("z%d = torch.new_zeros(e%d, [1, torch.mul(B, T), %d])", number, number, units);
        program.say(
                "l%d = torch.clamp(torch.sub(torch.sum(torch.ne(torch.slice(f%d, 1, 0, %d), 0), [1]), 1), 0)",
                number, number, length);
        program.say(
                "g%d = torch.expand(torch.unsqueeze(torch.unsqueeze(l%d, 1), 2), [-1, 1, %d])", number, number, units);
        String ahead = states(number, "ahead", 0, length);
        String behind = states(number, "behind", length, column.idsPerToken());
        program.say(
                "%s = torch.view(torch.cat([torch.gather(%s, 1, g%d), torch.gather(%s, 1, g%d)], 2), [B, T, %d])",
                vectors, ahead, number, behind, number, column.outputSize());
    }

    private String states(int number, String direction, int from, int to) {
        String states = direction + number;
        program.say(
                "%s = (torch.lstm(torch.slice(e%d, 1, %d, %d), [z%d, z%d], [%s], True, 1, 0., False, False, True))[0]",
                states,
                number,
                from,
                to,
                number,
                number,
                LstmWeightNames.read(program, parameters, "columns." + number + "." + direction + ".", "_l0"));
        return states;
    }
}
