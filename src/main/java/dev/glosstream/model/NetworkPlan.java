package dev.glosstream.model;

import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A network in words that need no Java: what {@code training/} builds in PyTorch.
 *
 * @param tables embedding tables, each once
 * @param columns token columns, in the order of the module's inputs
 * @param lstm the encoder
 * @param representation {@code max-mean}, {@code last} or {@code attention}
 * @param head {@code per-text} or {@code per-token}
 * @param classes outputs, {@code K}
 */
public record NetworkPlan(
        List<Table> tables, List<Column> columns, Lstm lstm, String representation, String head, int classes) {

    /**
     * An embedding table.
     *
     * @param rows number of ids
     * @param dimension values per row
     * @param frozenEpochs epochs at the start of training in which it does not change
     * @param l2 weight of half its squared values in the loss; 0 for none
     * @param maxNorm length to which longer rows are cut after each step; 0 for none
     */
    public record Table(int rows, int dimension, int frozenEpochs, double l2, double maxNorm) {}

    /**
     * A token column.
     *
     * @param kind {@code entry}, {@code lexicon}, {@code ngrams}, {@code characters-cnn} or {@code characters-lstm}
     * @param table index of its table
     * @param idsPerToken ids of a token, {@code W}
     * @param outputSize values that it adds to a token's vector
     */
    public record Column(String kind, int table, int idsPerToken, int outputSize) {}

    /**
     * The encoder.
     *
     * @param stateSize units of each direction
     * @param layers stacked layers
     * @param bidirectional whether texts are read backwards too
     * @param layerNorm whether the states of each layer are normalised
     * @param learnedInitialState whether the states before the first token are parameters
     */
    public record Lstm(
            int stateSize, int layers, boolean bidirectional, boolean layerNorm, boolean learnedInitialState) {}

    /** Copies the lists. */
    public NetworkPlan {
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
    }

    /**
     * Returns the plan of a bundle's network, of tables that are free from the start.
     *
     * @param ids of each column
     */
    public static NetworkPlan of(ModelManifest manifest, List<? extends IdSpace> ids) {
        Architecture architecture = manifest.architecture();
        List<Integer> numbers = tableNumbers(architecture.columns());
        List<Table> tables = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < numbers.size(); index++) {
            TokenColumn column = architecture.columns().get(index);
            if (numbers.get(index) == tables.size()) {
                tables.add(new Table(ids.get(index).size(), column.dimension(), 0, 0, 0));
            }
            columns.add(new Column(kind(column), numbers.get(index), column.idsPerToken(), column.outputSize()));
        }
        boolean tagging = manifest.task() == Task.ENTITIES;
        return new NetworkPlan(
                tables,
                columns,
                lstm(architecture.lstm()),
                architecture.representation().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                tagging ? "per-token" : "per-text",
                tagging
                        ? BioTagSet.of(manifest.labels()).size()
                        : manifest.labels().size());
    }

    /** Returns which table each column looks up in, numbered in the order of their first columns. */
    public static List<Integer> tableNumbers(List<TokenColumn> columns) {
        Map<String, Integer> byFile = new HashMap<>();
        List<Integer> numbers = new ArrayList<>();
        int next = 0;
        for (TokenColumn column : columns) {
            int number = next;
            int own = column.file()
                    .map(file -> byFile.computeIfAbsent(file, name -> number))
                    .orElse(number);
            next = Math.max(next, own + 1);
            numbers.add(own);
        }
        return numbers;
    }

    /** A column of one id per token has nothing to add up, whatever its ids stand for. */
    private static String kind(TokenColumn column) {
        if (column.idsPerToken() == 1) {
            return "entry";
        }
        if (column instanceof CharacterColumn characters) {
            return "characters-" + characters.reader().name().toLowerCase(Locale.ROOT);
        }
        return column instanceof LexiconColumn ? "lexicon" : "ngrams";
    }

    private static Lstm lstm(LstmSettings settings) {
        return new Lstm(
                settings.stateSize(),
                settings.layers(),
                settings.directions() == LstmSettings.Directions.BOTH,
                settings.layerNorm(),
                settings.initialState() == LstmSettings.InitialState.LEARNED);
    }

    /** Returns this plan with other tables. */
    public NetworkPlan withTables(List<Table> others) {
        return new NetworkPlan(others, columns, lstm, representation, head, classes);
    }
}
