package dev.glosstream.config;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Reads the sections {@code http}, {@code log} and {@code tracing} of a pipeline file. */
final class ObservabilitySections {
    private ObservabilitySections() {}

    /** Asks for every setting; what it returns is to be called within {@link SettingsFile#finish}. */
    static Supplier<ObservabilitySettings> read(SettingsSection root) {
        Supplier<HttpSettings> http = http(root.section("http"));
        Supplier<LogSettings> log = log(root.section("log"));
        Setting<Boolean> tracing = root.section("tracing").flag("enabled");
        return () -> new ObservabilitySettings(http.get(), log.get(), tracing.orElse(false));
    }

    private static Supplier<HttpSettings> http(SettingsSection section) {
        HttpSettings usual = HttpSettings.DEFAULT;
        Setting<Boolean> enabled = section.flag("enabled");
        Setting<String> host = section.string("host", HttpSettings.HOST);
        Setting<Integer> port = section.integer("port", HttpSettings.PORT);
        Setting<Boolean> console = section.flag("console");
        Setting<List<String>> names = section.strings("names", HttpSettings.HOST);
        return () -> new HttpSettings(
                enabled.orElse(usual.enabled()),
                host.orElse(usual.host()),
                port.orElse(usual.port()),
                console.orElse(usual.console()),
                names.orElse(usual.names()));
    }

    private static Supplier<LogSettings> log(SettingsSection section) {
        LogSettings usual = LogSettings.DEFAULT;
        Setting<LogSettings.Format> format =
                section.choice("format", Arrays.asList(LogSettings.Format.values()), LogSettings.Format::code);
        Setting<LogSettings.Level> level = level(section, "level");
        Setting<LogSettings.Level> libraries = level(section, "libraries");
        return () -> new LogSettings(
                format.orElse(usual.format()), level.orElse(usual.level()), libraries.orElse(usual.libraries()));
    }

    private static Setting<LogSettings.Level> level(SettingsSection section, String key) {
        return section.choice(key, Arrays.asList(LogSettings.Level.values()), LogSettings.Level::code);
    }
}
