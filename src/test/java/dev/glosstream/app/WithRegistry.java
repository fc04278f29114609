package dev.glosstream.app;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A test class that has a registry of its own, from before its first test until after its last. */
abstract class WithRegistry {
    /** Set before the first test. */
    static RegistryFixture fixture;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws Exception {
        fixture = new RegistryFixture(folder);
    }

    @AfterAll
    static void stop() {
        if (fixture != null) {
            fixture.close();
        }
    }
}
