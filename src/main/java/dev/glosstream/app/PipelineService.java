package dev.glosstream.app;

import dev.glosstream.config.HttpSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.observe.Observers;
import dev.glosstream.observe.RecordTracing;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.web.Route;
import dev.glosstream.web.WebException;
import dev.glosstream.web.WebServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a pipeline that runs as a service: web server, health, metrics, and the log of its life.
 *
 * <p>It is there before the models are, so that whoever probes it learns what it is waiting for. One thread opens, drives and
 * closes it.
 */
final class PipelineService implements AutoCloseable {
    private final PipelineSettings settings;
    private final PipelineHealth health = new PipelineHealth();
    private final RunMetrics metrics = new RunMetrics();
    private final ConsoleService console;
    private final Optional<WebServer> server;
    private final Optional<RunTracing> tracing;
    private final long openedNanos = System.nanoTime();

    private PipelineService(PipelineSettings settings) {
        this.settings = settings;
        HttpSettings http = settings.observability().http();
        this.console = new ConsoleService(http.enabled() && http.console());
        metrics.ready(health.health()::isReady);
        this.tracing = settings.observability().tracing() ? Optional.of(RunTracing.open()) : Optional.empty();
        this.server = http.enabled() ? Optional.of(serve(http)) : Optional.empty();
    }

    /**
     * Opens the surroundings of a pipeline and says that it starts.
     *
     * @throws CommandException if the web server cannot listen
     */
    static PipelineService open(PipelineSettings settings) {
        LifeLog.event(
                "start",
                Map.of("version", Version.current(), "application", settings.applicationId()),
                "glosstream " + Version.current() + " starts " + settings.applicationId() + ": Java "
                        + Runtime.version().feature() + ", " + settings.threads() + " threads, "
                        + settings.guarantee().code());
        return new PipelineService(settings);
    }

    private WebServer serve(HttpSettings http) {
        List<Route> routes = new ArrayList<>(health.health().routes());
        routes.add(metrics.route());
        if (http.console()) {
            routes.addAll(console.routes());
        }
        try {
            WebServer started = WebServer.start(http, routes);
            LifeLog.event(
                    "listen",
                    Map.of("port", started.port()),
                    "listening on " + http.url(started.port())
                            + ": /metrics, /health/live, /health/ready"
                            + (http.console() ? ", and the console at /" : ""));
            return started;
        } catch (WebException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the address of the server, if there is one. */
    Optional<String> url() {
        HttpSettings http = settings.observability().http();
        return server.map(started -> http.url(started.port()) + "/");
    }

    /**
     * Loads the models and warms them.
     *
     * @return the models, which the caller closes
     */
    OpenModels loadModels() {
        health.modelsAre("loading");
        long startNanos = System.nanoTime();
        OpenModels models = OpenModels.load(settings.models().values(), settings.device(), settings.precision());
        models.models().forEach(PipelineService::tell);
        Duration load = since(startNanos);
        metrics.started("load", load);
        long loadedNanos = System.nanoTime();
        int texts = warm(models.models(), models::close);
        Duration warmUp = since(loadedNanos);
        metrics.started("warm-up", warmUp);
        health.modelsAreWarm(String.join(", ", models.ids().values()));
        LifeLog.event(
                "models-warm",
                Map.of("load_ms", load.toMillis(), "warm_up_ms", warmUp.toMillis(), "texts", texts),
                "models loaded in " + LifeLog.seconds(load) + ", warmed in " + LifeLog.seconds(warmUp));
        return models;
    }

    /**
     * Warms models; if one fails, health and log say so.
     *
     * @param release gives the models up, and is called only if they fail
     * @return how many texts were labelled
     */
    int warm(List<TaskModel> models, Runnable release) {
        health.modelsAre("warming up");
        try {
            return ModelWarmUp.run(settings, models);
        } catch (RuntimeException e) {
            health.modelsAre("failed in the warm-up");
            health.brokenBy(e);
            String kind = e.getClass().getSimpleName();
            LifeLog.fault("fault", Map.of("fault", kind), "the models cannot be warmed: " + kind, e);
            release.run();
            throw e;
        }
    }

    private static void tell(TaskModel model) {
        ModelManifest manifest = model.bundle().manifest();
        LifeLog.event(
                "model",
                Map.of(
                        "task", model.task().code(),
                        "model", model.bundle().id(),
                        "format", manifest.weights().format(),
                        "precision", model.precision().code(),
                        "precision_reason", model.precision().reason()),
                model.task().code() + " by " + model.bundle().id() + ", "
                        + manifest.weights().format() + " in " + model.precision());
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Returns the console, which the caller closes before the models: it stands on them once it is open. */
    ConsoleService console() {
        return console;
    }

    /** Returns who watches the records of the pipeline. */
    Observers observers(OpenModels models) {
        return new Observers(
                metrics.pipeline(models.models()),
                tracing.map(RunTracing::tracing).orElse(RecordTracing.OFF));
    }

    /** Returns who watches the life of the pipeline. */
    PipelineWatcher watcher() {
        return new ServiceWatcher(settings.applicationId(), health, metrics, openedNanos);
    }

    /** Closes the web server and ends the metrics. */
    @Override
    public void close() {
        server.ifPresent(WebServer::close);
        tracing.ifPresent(RunTracing::close);
        metrics.close();
    }
}
