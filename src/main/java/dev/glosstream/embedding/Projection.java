package dev.glosstream.embedding;

import de.javagl.tsne.Tsne;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DenseMatrix64F;
import org.ejml.factory.DecompositionFactory;
import org.ejml.interfaces.decomposition.EigenDecomposition;

/** Ways from {@code D} dimensions to the two of a picture. The same vectors give the same picture. */
public enum Projection {
    /**
     * Principal component analysis: the two directions in which the vectors differ most; distances far apart are true.
     *
     * @see <a href="https://doi.org/10.1080/14786440109462720">Pearson, "On Lines and Planes of Closest Fit", 1901</a>
     */
    PCA(3) {
        @Override
        PlaneMap project(WordVectors vectors) {
            return principalComponents(vectors);
        }
    },
    /**
     * t-distributed stochastic neighbour embedding, of vectors scaled to length one: neighbours stay neighbours, distances
     * far apart mean little.
     *
     * @see <a href="https://jmlr.org/papers/v9/vandermaaten08a.html">van der Maaten and Hinton, "Visualizing Data using
     *     t-SNE", 2008</a>
     */
    TSNE(8) {
        @Override
        PlaneMap project(WordVectors vectors) {
            return neighbourEmbedding(vectors);
        }
    };

    private static final double MOST_PERPLEXITY = 30;
    private static final double THETA = 0.2;
    private static final int ITERATIONS = 1000;
    private static final int FEW = 250;
    private static final int ITERATIONS_OF_FEW = 5000;
    private static final int ATTEMPTS = 5;
    private static final double MOST_SPREAD = 3;
    private static final long SEED = 7;

    private final int fewest;

    Projection(int fewest) {
        this.fewest = fewest;
    }

    /** Computes the places; the vectors are enough. */
    abstract PlaneMap project(WordVectors vectors);

    /**
     * Returns the vectors as points of a plane.
     *
     * @throws IllegalArgumentException if they are too few for this method
     */
    public PlaneMap map(WordVectors vectors) {
        if (vectors.size() < fewest || vectors.dimension() < 2) {
            throw new IllegalArgumentException("picture by " + name().toLowerCase(Locale.ROOT) + ": expected at least "
                    + fewest + " entries of at least 2 values, got " + vectors.size() + " of " + vectors.dimension()
                    + "; name more entries");
        }
        return project(vectors);
    }

    private static PlaneMap principalComponents(WordVectors vectors) {
        double[][] centred = centred(vectors.toDoubles());
        EigenDecomposition<DenseMatrix64F> eigen = DecompositionFactory.eig(vectors.dimension(), true, true);
        if (!eigen.decompose(covariance(centred))) {
            throw new IllegalArgumentException("picture by pca: expected vectors of finite values, got others");
        }
        int[] largest = IntStream.range(0, vectors.dimension())
                .boxed()
                .sorted((one, other) -> Double.compare(value(eigen, other), value(eigen, one)))
                .mapToInt(Integer::intValue)
                .limit(2)
                .toArray();
        double total = IntStream.range(0, vectors.dimension())
                .mapToDouble(index -> value(eigen, index))
                .sum();
        double[][] places = new double[centred.length][2];
        for (int axis = 0; axis < 2; axis++) {
            double[] direction = oriented(eigen.getEigenVector(largest[axis]).getData());
            for (int row = 0; row < centred.length; row++) {
                places[row][axis] = dot(centred[row], direction);
            }
        }
        return PlaneMap.of(
                "principal components",
                axis("first", value(eigen, largest[0]) / total),
                axis("second", value(eigen, largest[1]) / total),
                vectors,
                places);
    }

    private static String axis(String which, double share) {
        return String.format(Locale.ROOT, "%s component (%.0f %% of the variance)", which, 100 * share);
    }

    private static double value(EigenDecomposition<DenseMatrix64F> eigen, int index) {
        return eigen.getEigenvalue(index).getReal();
    }

    private static double[][] centred(double[][] rows) {
        for (int index = 0; index < rows[0].length; index++) {
            double sum = 0;
            for (double[] row : rows) {
                sum += row[index];
            }
            double mean = sum / rows.length;
            for (double[] row : rows) {
                row[index] -= mean;
            }
        }
        return rows;
    }

    private static DenseMatrix64F covariance(double[][] centred) {
        int size = centred[0].length;
        DenseMatrix64F covariance = new DenseMatrix64F(size, size);
        for (double[] row : centred) {
            for (int one = 0; one < size; one++) {
                for (int other = 0; other < size; other++) {
                    covariance.add(one, other, row[one] * row[other] / centred.length);
                }
            }
        }
        return covariance;
    }

    /** An eigenvector's sign means nothing: the one with a positive sum is taken, so that pictures do not flip. */
    private static double[] oriented(double[] direction) {
        double sum = 0;
        for (double value : direction) {
            sum += value;
        }
        double sign = sum < 0 ? -1 : 1;
        double[] oriented = new double[direction.length];
        for (int index = 0; index < oriented.length; index++) {
            oriented[index] = sign * direction[index];
        }
        return oriented;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int index = 0; index < one.length; index++) {
            sum += one[index] * other[index];
        }
        return sum;
    }

    private static PlaneMap neighbourEmbedding(WordVectors vectors) {
        double[][] rows = vectors.toDoubles();
        for (double[] row : rows) {
            double length = Math.sqrt(dot(row, row));
            for (int index = 0; length > 0 && index < row.length; index++) {
                row[index] /= length;
            }
        }
        // The algorithm wants more than three times as many entries as the perplexity.
        double perplexity = Math.min(MOST_PERPLEXITY, Math.min(vectors.size() / 5.0 + 5, (vectors.size() - 2) / 3.0));
        double[][] places = tightest(rows, perplexity);
        String method = String.format(Locale.ROOT, "t-SNE, perplexity %.0f", perplexity);
        return PlaneMap.of(method, "", "", vectors, places);
    }

    /**
     * The library's learning rate is made for thousands of points: among a few it throws one out now and then, far enough to
     * squeeze the others together. More iterations bring most of them back; else another seed is tried.
     */
    private static double[][] tightest(double[][] rows, double perplexity) {
        double[][] best = new double[0][];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Tsne tsne = new Tsne();
            tsne.setMessageConsumer(null);
            tsne.setRandomSeed(SEED + attempt);
            tsne.setInitialDims(0);
            tsne.setMaxIterations(rows.length <= FEW ? ITERATIONS_OF_FEW : ITERATIONS);
            tsne.setTheta(THETA);
            tsne.setPerplexity(perplexity);
            double[][] places = tsne.run(rows);
            if (best.length == 0 || spread(places) < spread(best)) {
                best = places;
            }
            if (spread(best) <= MOST_SPREAD) {
                break;
            }
        }
        return best;
    }

    /** Returns how much farther from the centre the outermost point is than the median one. */
    static double spread(double[][] places) {
        double[] distances = Arrays.stream(places)
                .mapToDouble(place -> Math.hypot(place[0], place[1]))
                .sorted()
                .toArray();
        return distances[distances.length - 1] / Math.max(distances[distances.length / 2], Double.MIN_NORMAL);
    }
}
