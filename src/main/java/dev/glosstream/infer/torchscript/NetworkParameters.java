package dev.glosstream.infer.torchscript;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parameters of a network as plain numbers, by the names that they have in {@code training/glosstream_torch}: {@code
 * tables.0.weight}, {@code encoder.layers.0.lstm.weight_ih_l0_reverse}, {@code output.bias}.
 */
public final class NetworkParameters {
    private final Map<String, StoredTensor> byName = new TreeMap<>();

    /** Adds a parameter; shape and values as in {@link StoredTensor}, neither copied. */
    public void add(String name, int[] shape, float[] values) {
        byName.put(name, new StoredTensor(word(name), shape, values, Element.FLOAT32));
    }

    /**
     * Returns a parameter, named by a word that a program can say.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    StoredTensor get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "parameter '" + name + "': expected one in the network, got only " + byName.keySet()));
    }

    /** Returns a parameter, named by a word that a program can say, if there is one of that name. */
    Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private static String word(String name) {
        return name.replace('.', '_');
    }
}
