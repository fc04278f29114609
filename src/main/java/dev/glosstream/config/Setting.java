package dev.glosstream.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One setting, read and checked.
 *
 * <p>If it was not given, or wrongly, it has no value; a wrong one is reported already.
 *
 * @param <T> what it means
 */
public final class Setting<T> {
    private final @Nullable T value;
    private final Runnable reportMissing;

    private Setting(@Nullable T value, Runnable reportMissing) {
        this.value = value;
        this.reportMissing = reportMissing;
    }

    static <T> Setting<T> of(T value) {
        return new Setting<>(value, () -> {});
    }

    static <T> Setting<T> wrong() {
        return new Setting<>(null, () -> {});
    }

    static <T> Setting<T> missing(Runnable reportMissing) {
        return new Setting<>(null, reportMissing);
    }

    /** Reports a mistake if the setting was not given; returns this. */
    public Setting<T> required() {
        reportMissing.run();
        return this;
    }

    /** Returns the value, or this if it was not given. */
    public T orElse(T fallback) {
        return value == null ? fallback : value;
    }

    /** Returns the value, if there is one. */
    public Optional<T> optional() {
        return Optional.ofNullable(value);
    }

    /**
     * Returns the value of a {@link #required()} setting; to be called where {@link SettingsFile#finish} builds the
     * settings, which it does only if nothing is missing or wrong.
     *
     * @throws IllegalStateException if there is no value
     */
    public T get() {
        if (value == null) {
            throw new IllegalStateException(
                    "setting: expected a value, got none; read it within finish, after required");
        }
        return value;
    }
}
