package dev.glosstream.model;

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
