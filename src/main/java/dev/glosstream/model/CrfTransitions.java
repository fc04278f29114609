package dev.glosstream.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a linear-chain CRF has learned of which tag follows which: natural-log scores.
 *
 * @param tags tag names, {@code K}, in the order of the emissions' columns
 * @param start score of each tag at the first token, {@code K}
 * @param end score of each tag at the last token, {@code K}
 * @param transitions {@code transitions[from][to]}, {@code K} by {@code K}
 */
public record CrfTransitions(List<String> tags, List<Float> start, List<Float> end, List<List<Float>> transitions) {

    /**
     * Returns the mean of several, score by score.
     *
     * @param several at least one, all of the same tags
     */
    public static CrfTransitions mean(List<CrfTransitions> several) {
        List<List<Float>> rows = new ArrayList<>();
        for (int from = 0; from < several.get(0).tags.size(); from++) {
            int row = from;
            rows.add(meanOf(
                    several.stream().map(each -> each.transitions.get(row)).toList()));
        }
        return new CrfTransitions(
                several.get(0).tags,
                meanOf(several.stream().map(CrfTransitions::start).toList()),
                meanOf(several.stream().map(CrfTransitions::end).toList()),
                rows);
    }

    private static List<Float> meanOf(List<List<Float>> several) {
        List<Float> means = new ArrayList<>();
        for (int index = 0; index < several.get(0).size(); index++) {
            int cell = index;
            means.add((float) several.stream()
                    .mapToDouble(scores -> scores.get(cell))
                    .average()
                    .orElseThrow());
        }
        return means;
    }

    /** Validates the shape. */
    public CrfTransitions {
        tags = List.copyOf(tags);
        start = List.copyOf(start);
        end = List.copyOf(end);
        transitions = transitions.stream().map(List::copyOf).toList();
        int count = tags.size();
        boolean square = transitions.size() == count && transitions.stream().allMatch(row -> row.size() == count);
        if (count == 0 || start.size() != count || end.size() != count || !square) {
            throw new IllegalArgumentException("CRF transitions: expected " + count + " start and end scores and a "
                    + count + " by " + count + " matrix, got " + start.size() + ", " + end.size() + " and "
                    + transitions.size() + " rows");
        }
    }
}
