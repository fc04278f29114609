package dev.glosstream.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.glosstream.config.RegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one registry at several addresses: the next one if one does not answer, all of them again with growing pauses, until
 * the time is over. Any thread; the calling thread waits.
 */
final class RegistryConnection {
    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** Too many requests, and what a proxy says while there is no registry behind it. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RegistrySettings settings;
    private final Waits waits;
    private final HttpClient client;

    /**
     * Prepares to ask; does not connect.
     *
     * @throws RegistryException if certificates cannot be read
     */
    RegistryConnection(RegistrySettings settings, Waits waits) {
        this.settings = settings;
        this.waits = waits;
        HttpClient.Builder builder = HttpClient.newBuilder()
                // An upgrade to HTTP/2 gains nothing for single questions, and some proxies stumble over it.
                .version(HttpClient.Version.HTTP_1_1)
                // Credentials must not follow to another address.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(LONGEST_ANSWER);
        TlsContext.of(settings.access().tls()).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** Returns the answer to a question without a body, whatever its status, within the time of the settings. */
    RegistryAnswer get(String path) {
        return ask(path, null, settings.retryFor());
    }

    /** Returns the answer to a question without a body, of an address that answers now. */
    RegistryAnswer getNow(String path) {
        return ask(path, null, Duration.ZERO);
    }

    /** Returns the answer to a question with a JSON body, whatever its status, within the time of the settings. */
    RegistryAnswer post(String path, JsonNode body) {
        return ask(path, body.toString(), settings.retryFor());
    }

    /** Returns the addresses, for messages. */
    String addresses() {
        return settings.urls().stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    private RegistryAnswer ask(String path, @Nullable String body, Duration longest) {
        // Counted by what was waited, not by a clock: whoever asks need not have one.
        Duration left = longest;
        Duration pause = FIRST_PAUSE;
        while (true) {
            Round round = round(path, body);
            if (round.answer().isPresent()) {
                return round.answer().get();
            }
            left = left.minus(round.waited()).minus(pause);
            if (left.isNegative()) {
                throw new RegistryException(
                        "registry '" + addresses() + "': expected an answer"
                                + (longest.isZero() ? "" : " within " + longest.toMillis() + " ms (registry.retryFor)")
                                + ", got " + round.got() + advice(round),
                        round.cause().orElse(null));
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** What became of asking every address once: an answer, or the last reason why there is none. */
    private record Round(Optional<RegistryAnswer> answer, Duration waited, String got, Optional<IOException> cause) {}

    private Round round(String path, @Nullable String body) {
        Duration waited = Duration.ZERO;
        String got = "none";
        IOException cause = null;
        for (URI url : settings.urls()) {
            try {
                RegistryAnswer answer = askOnce(url, path, body);
                if (!PASSING.contains(answer.status())) {
                    return new Round(Optional.of(answer), waited, "", Optional.empty());
                }
                got = answer.describe();
                cause = null;
            } catch (IOException e) {
                waited = e instanceof HttpTimeoutException ? waited.plus(LONGEST_ANSWER) : waited;
                got = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
                cause = e;
            }
        }
        return new Round(Optional.empty(), waited, got, Optional.ofNullable(cause));
    }

    private static String advice(Round round) {
        return round.cause().filter(SSLException.class::isInstance).isPresent()
                ? "; check registry.tls: the truststore must hold the certificate that signed the registry's"
                : "; start it, or correct registry.url";
    }

    private RegistryAnswer askOnce(URI url, String path, @Nullable String body) throws IOException {
        BodyPublisher publisher =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body, StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(at(url, path))
                .header("Accept", JSON + ", application/json")
                .method(body == null ? "GET" : "POST", publisher);
        if (body != null) {
            request.header("Content-Type", JSON);
        }
        settings.access().credentials().authorization().ifPresent(value -> request.header("Authorization", value));
        HttpResponse<String> response =
                await(client.sendAsync(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
        return new RegistryAnswer(url, response.statusCode(), json(response.body()));
    }

    /** Waits for all of an answer: a request's own timeout ends with its headers, and a body may stall. */
    private <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw interrupted(e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer within " + LONGEST_ANSWER.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private static URI at(URI url, String path) {
        return URI.create(url + path);
    }

    private static JsonNode json(String text) {
        try {
            JsonNode parsed = MAPPER.readTree(text);
            return parsed == null ? MissingNode.getInstance() : parsed;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private void sleep(Duration pause) {
        try {
            waits.pause(pause);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private RegistryException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RegistryException("registry '" + addresses() + "': expected an answer, got an interrupt", e);
    }
}
