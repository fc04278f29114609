package dev.glosstream.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * Which texts were met, and with which label: 128 bits of the SHA-256 of each, in an open table of twenty bytes a slot, at
 * most two thirds of which are taken. That two texts of a billion share a hash is less likely than 1 in 10^20. One thread.
 */
final class TextLabels {
    private static final int BANNED = -1;
    private static final int FREE = 0;

    private final MessageDigest digest = sha256();
    private final Map<String, Integer> numbers = new HashMap<>();
    private long[] hashes = new long[2 * 1024];
    private int[] states = new int[1024];
    private int taken;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Bans a text; returns whether it was not banned before. */
    boolean ban(String text) {
        int slot = slot(text);
        boolean first = states[slot] != BANNED;
        states[slot] = BANNED;
        return first;
    }

    /** Notes a text with its label; one that had another label before is banned. */
    void note(String text, String label) {
        int number = numbers.computeIfAbsent(label, key -> numbers.size() + 1);
        int slot = slot(text);
        if (states[slot] == FREE) {
            states[slot] = number;
        } else if (states[slot] != number) {
            states[slot] = BANNED;
        }
    }

    /** Returns the slot of a text, which it takes if it has none. */
    private int slot(String text) {
        if (taken * 3L >= states.length * 2L) {
            grow();
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong();
        long low = hash.getLong();
        int slot = find(high, low);
        if (states[slot] == FREE) {
            taken++;
            hashes[2 * slot] = high;
            hashes[2 * slot + 1] = low;
        }
        return slot;
    }

    private int find(long high, long low) {
        int slot = (int) (high & (states.length - 1));
        while (states[slot] != FREE && (hashes[2 * slot] != high || hashes[2 * slot + 1] != low)) {
            slot = (slot + 1) & (states.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldStates = states;
        hashes = new long[Math.multiplyExact(oldHashes.length, 2)];
        states = new int[oldStates.length * 2];
        for (int old = 0; old < oldStates.length; old++) {
            if (oldStates[old] != FREE) {
                int slot = find(oldHashes[2 * old], oldHashes[2 * old + 1]);
                states[slot] = oldStates[old];
                hashes[2 * slot] = oldHashes[2 * old];
                hashes[2 * slot + 1] = oldHashes[2 * old + 1];
            }
        }
    }
}
