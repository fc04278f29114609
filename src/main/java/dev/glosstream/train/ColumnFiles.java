package dev.glosstream.train;

import dev.glosstream.model.HashedNgrams;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Lexicon;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.train.corpus.WordVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the files that token columns look up in: vocabularies and lexicons. */
final class ColumnFiles {
    private final List<ColumnRecipe> columns;
    private final Path root;

    /**
     * Creates the maker.
     *
     * @param root where paths of lexicons and vectors start
     */
    ColumnFiles(List<ColumnRecipe> columns, Path root) {
        this.columns = List.copyOf(columns);
        this.root = root;
    }

    /**
     * Writes the files into a directory.
     *
     * @param texts gone through once for each vocabulary
     * @return the ids of each column; columns that share a file share them
     */
    List<IdSpace> write(Iterable<TokenizedText> texts, Path directory) throws IOException {
        Map<String, IdSpace> byFile = new HashMap<>();
        List<IdSpace> ids = new ArrayList<>();
        for (ColumnRecipe recipe : columns) {
            TokenColumn column = recipe.column();
            if (column instanceof NgramColumn ngrams) {
                ids.add(new HashedNgrams(ngrams.buckets()));
                continue;
            }
            String name = column.file().orElseThrow();
            if (!byFile.containsKey(name)) {
                byFile.put(name, write(recipe, texts, directory.resolve(name)));
            }
            ids.add(byFile.get(name));
        }
        return ids;
    }

    private IdSpace write(ColumnRecipe recipe, Iterable<TokenizedText> texts, Path file) throws IOException {
        if (recipe.column() instanceof LexiconColumn) {
            Map<String, Set<String>> phrases = LexiconBuilder.build(recipe.lexicon(), root);
            Lexicon.write(phrases, file);
            return Lexicon.of(phrases);
        }
        List<TokenColumn> sharing = columns.stream()
                .map(ColumnRecipe::column)
                .filter(column -> column.file().equals(recipe.column().file()))
                .toList();
        Vocabulary vocabulary = VocabularyBuilder.build(
                sharing, texts, recipe.vocabulary(), vectors(recipe).keySet());
        vocabulary.write(file);
        return vocabulary;
    }

    /** Returns the files from which these files and the tables of the columns are made: lexicons and pretrained vectors. */
    List<Path> sources() {
        return columns.stream()
                .flatMap(column -> Stream.concat(
                        column.lexicon().stream().map(LexiconSource::path), column.table().vectors().stream()))
                .map(root::resolve)
                .toList();
    }

    /** Returns the pretrained vectors of a column; empty if it has none. */
    Map<String, float[]> vectors(ColumnRecipe recipe) {
        return recipe.table()
                .vectors()
                .map(path ->
                        WordVectors.read(root.resolve(path), recipe.column().dimension()))
                .orElse(Map.of());
    }
}
