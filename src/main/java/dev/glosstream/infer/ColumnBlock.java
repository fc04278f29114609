package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.TokenColumn;
import org.jspecify.annotations.Nullable;

/**
 * Everything between the ids of a token column and the vector it gives each token: {@code [B, T, W]} int64, for one id per
 * token {@code [B, T]} → {@code [B, T, outputSize]}.
 *
 * <p>Several ids of a token are added up (lexicon), averaged (n-grams) or read by a network (characters); padding ids count
 * for nothing in all of them. The table may be shared with other columns.
 */
final class ColumnBlock extends AbstractBlock {
    private static final byte VERSION = 1;

    private final TokenColumn column;
    private final EmbeddingTable table;
    private final @Nullable CharacterBlock characters;

    /**
     * Creates the block.
     *
     * @param owned whether the table's parameters are counted among this block's; false where another column's block does
     */
    @SuppressWarnings("this-escape")
    ColumnBlock(TokenColumn column, EmbeddingTable table, boolean owned) {
        super(VERSION);
        this.column = column;
        this.table = owned ? addChildBlock("table", table) : table;
        this.characters =
                column instanceof CharacterColumn of ? addChildBlock("characters", CharacterBlock.of(of)) : null;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray ids = inputs.singletonOrThrow();
        NDArray vectors =
                table.forward(parameterStore, new NDList(ids), training).head();
        if (column instanceof EntryColumn) {
            return new NDList(vectors);
        }
        if (column.idsPerToken() == 1) {
            // A token without the one id looks up padding, whose row must get no gradient.
            return new NDList(
                    vectors.mul(ids.neq(0).toType(DataType.FLOAT32, false).expandDims(2)));
        }
        NDArray mask = ids.neq(0).toType(DataType.FLOAT32, false).expandDims(3);
        if (characters != null) {
            return characters.forward(parameterStore, new NDList(vectors, mask), training);
        }
        NDArray sum = vectors.mul(mask).sum(new int[] {2});
        return new NDList(
                column instanceof LexiconColumn
                        ? sum
                        : sum.div(mask.sum(new int[] {2}).maximum(1f)));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        table.initialize(manager, dataType, inputShapes[0]);
        if (characters != null) {
            characters.initialize(manager, dataType, inputShapes[0].add(column.dimension()), inputShapes[0].add(1));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {inputShapes[0].slice(0, 2).add(column.outputSize())};
    }
}
