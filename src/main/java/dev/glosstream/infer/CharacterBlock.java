package dev.glosstream.infer;

import ai.djl.nn.AbstractBlock;
import dev.glosstream.model.CharacterColumn;

/**
 * Reads the characters of each token: vectors {@code [B, T, W, D]} and mask {@code [B, T, W, 1]} → {@code [B, T, F]}.
 *
 * <p>A token's vector depends on its own characters only; a cell of padding gets one that means nothing.
 */
abstract sealed class CharacterBlock extends AbstractBlock permits CharacterCnn, CharacterLstm {
    private static final byte VERSION = 1;

    CharacterBlock() {
        super(VERSION);
    }

    static CharacterBlock of(CharacterColumn column) {
        return column.reader() == CharacterColumn.Reader.CNN
                ? new CharacterCnn(column.filters())
                : new CharacterLstm(column.filters(), column.length());
    }
}
