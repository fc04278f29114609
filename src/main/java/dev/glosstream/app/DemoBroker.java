package dev.glosstream.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** An embedded broker that starts in the background, while the models are loaded. One owner. */
final class DemoBroker implements AutoCloseable {
    private final CompletableFuture<EmbeddedBroker> starting;

    private DemoBroker(CompletableFuture<EmbeddedBroker> starting) {
        this.starting = starting;
    }

    /** Begins to start a broker whose topics may take records of that size. */
    static DemoBroker begin(int largestRecordBytes) {
        return new DemoBroker(CompletableFuture.supplyAsync(() -> EmbeddedBroker.start(largestRecordBytes)));
    }

    /**
     * Returns the broker, waiting for it.
     *
     * @throws CommandException if it did not start
     */
    EmbeddedBroker get() {
        try {
            return starting.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CommandException(ExitCode.FAILED, String.valueOf(cause.getMessage()), cause);
        }
    }

    /** Stops the broker, if it started. */
    @Override
    public void close() {
        starting.handle((broker, failure) -> {
                    if (broker != null) {
                        broker.close();
                    }
                    return null;
                })
                .join();
    }
}
