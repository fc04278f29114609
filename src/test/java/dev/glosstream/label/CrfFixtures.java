package dev.glosstream.label;

import dev.glosstream.model.CrfTransitions;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random fields small enough to try every path. */
public final class CrfFixtures {
    private CrfFixtures() {}

    /** Returns random transitions of a tag set. */
    public static CrfTransitions transitions(BioTagSet tagSet, Random random) {
        List<List<Float>> rows = new ArrayList<>();
        for (int from = 0; from < tagSet.size(); from++) {
            rows.add(scores(tagSet.size(), random));
        }
        return new CrfTransitions(tagSet.names(), scores(tagSet.size(), random), scores(tagSet.size(), random), rows);
    }

    private static List<Float> scores(int count, Random random) {
        List<Float> scores = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            scores.add((float) (2 * random.nextGaussian()));
        }
        return scores;
    }

    /** Returns random emissions {@code [T, K]}. */
    public static ScoreMatrix emissions(int length, int tags, Random random) {
        float[] scores = new float[length * tags];
        for (int index = 0; index < scores.length; index++) {
            scores[index] = (float) (2 * random.nextGaussian());
        }
        return new ScoreMatrix(scores, tags);
    }

    /** Returns every path that the scheme allows. */
    public static List<int[]> legalPaths(BioTagSet tagSet, int length) {
        List<int[]> paths = new ArrayList<>();
        extend(tagSet, new int[length], 0, paths);
        return paths;
    }

    private static void extend(BioTagSet tagSet, int[] path, int position, List<int[]> paths) {
        if (position == path.length) {
            paths.add(path.clone());
            return;
        }
        for (int tag = 0; tag < tagSet.size(); tag++) {
            boolean legal = position == 0 ? tagSet.mayStart(tag) : tagSet.mayFollow(path[position - 1], tag);
            if (legal) {
                path[position] = tag;
                extend(tagSet, path, position + 1, paths);
            }
        }
    }
}
