package dev.glosstream.sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * The tags of a BIO (IOB2) scheme: {@code O}, then {@code B-} and {@code I-} of each entity type.
 *
 * <p>{@code B} opens an entity, {@code I} continues one of the same type, {@code O} is outside. Tag ids: 0 is {@code O};
 * type {@code n} has {@code 2n + 1} and {@code 2n + 2}.
 *
 * @param entityTypes distinct type names, at least one
 */
public record BioTagSet(List<String> entityTypes) {
    /** Id of the tag outside any entity. */
    public static final int OUTSIDE = 0;

    /** Validates and copies the types. */
    public BioTagSet {
        entityTypes = List.copyOf(entityTypes);
        if (entityTypes.isEmpty() || entityTypes.stream().distinct().count() != entityTypes.size()) {
            throw new IllegalArgumentException("tag set: expected distinct entity types, got " + entityTypes);
        }
    }

    /** Returns the tag set of these entity types. */
    public static BioTagSet of(List<String> entityTypes) {
        return new BioTagSet(entityTypes);
    }

    /** Returns the number of tags, {@code K}. */
    public int size() {
        return 2 * entityTypes.size() + 1;
    }

    /** Returns the tag that opens an entity of the type with that index. */
    public int begin(int type) {
        return 2 * type + 1;
    }

    /** Returns the tag that continues an entity of the type with that index. */
    public int inside(int type) {
        return 2 * type + 2;
    }

    /** Returns whether the tag opens an entity. */
    public boolean isBegin(int tag) {
        return tag % 2 == 1;
    }

    /** Returns whether the tag continues an entity. */
    public boolean isInside(int tag) {
        return tag != OUTSIDE && tag % 2 == 0;
    }

    /** Returns the index of the tag's entity type; undefined for {@link #OUTSIDE}. */
    public int typeOf(int tag) {
        return (tag - 1) / 2;
    }

    /** Returns whether {@code to} may stand directly after {@code from}: an I only after a B or I of its own type. */
    public boolean mayFollow(int from, int to) {
        return !isInside(to) || (from != OUTSIDE && typeOf(from) == typeOf(to));
    }

    /** Returns whether the tag may stand at the first token. */
    public boolean mayStart(int tag) {
        return !isInside(tag);
    }

    /** Returns the tag names in the order of their ids. */
    public List<String> names() {
        List<String> names = new ArrayList<>(size());
        names.add("O");
        for (String type : entityTypes) {
            names.add("B-" + type);
            names.add("I-" + type);
        }
        return names;
    }
}
