package dev.glosstream.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the section {@code registry} of a pipeline file; an empty URL, or none, means no registry. */
final class RegistrySection {
    private static final TextRule CLASS =
            new TextRule("([A-Za-z_$][\\w$]*\\.)*[A-Za-z_$][\\w$]*|", "the name of a class");

    private RegistrySection() {}

    /** Returns whether there is a registry, rightly described or not. */
    static boolean isGiven(SettingsSection section) {
        return !section.string("url", TextRule.ANY).orElse("").isBlank();
    }

    /**
     * Asks for all of it.
     *
     * @param project folder that relative certificate files count from
     */
    static Supplier<Optional<RegistrySettings>> read(SettingsSection section, Path project) {
        List<URI> urls = urls(section);
        Setting<SubjectNaming> subjects =
                section.choice("subjects", Arrays.asList(SubjectNaming.values()), SubjectNaming::code);
        Setting<Boolean> autoRegister = section.flag("autoRegister");
        Setting<Duration> retryFor = section.duration("retryFor", RegistrySettings.RETRY_FOR_MS);
        Supplier<RegistryCredentials> credentials = credentials(section.section("credentials"));
        Supplier<TlsSettings> tls = tls(section.section("tls"), project);
        Supplier<SerdeSettings> serde = serde(section.section("serde"));
        return () -> urls.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegistrySettings(
                        urls,
                        subjects.orElse(SubjectNaming.TOPIC),
                        autoRegister.orElse(true),
                        retryFor.orElse(RegistrySettings.DEFAULT_RETRY_FOR),
                        new RegistrySettings.Access(credentials.get(), tls.get()),
                        serde.get()));
    }

    private static List<URI> urls(SettingsSection section) {
        List<URI> urls = new ArrayList<>();
        String written = section.string("url", TextRule.ANY).orElse("");
        for (String text : written.split(",", -1)) {
            if (!text.isBlank()) {
                url(text.strip())
                        .ifPresentOrElse(
                                urls::add,
                                // It may hold a password, so it is not repeated.
                                () -> section.mistake(
                                        "url",
                                        "expected http://host:port or https://host:port, perhaps with a path, several"
                                                + " separated by commas, host names without '_', IPv6 in brackets,"
                                                + " got another; a user name and a password belong into"
                                                + " registry.credentials"));
            }
        }
        return urls;
    }

    private static Optional<URI> url(String text) {
        try {
            return Optional.of(new URI(text)).filter(RegistrySettings::isUrl);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Supplier<RegistryCredentials> credentials(SettingsSection section) {
        Setting<String> username = section.string("username", TextRule.ANY);
        Setting<String> password = section.string("password", TextRule.ANY);
        Setting<String> token = section.string("token", TextRule.ANY);
        return () -> new RegistryCredentials(username.orElse(""), password.orElse(""), token.orElse(""));
    }

    private static Supplier<TlsSettings> tls(SettingsSection section, Path project) {
        Setting<Path> truststore = section.path("truststore", project);
        Setting<String> truststorePassword = section.string("truststorePassword", TextRule.ANY);
        Setting<Path> keystore = section.path("keystore", project);
        Setting<String> keystorePassword = section.string("keystorePassword", TextRule.ANY);
        return () -> new TlsSettings(
                given(truststore), truststorePassword.orElse(""), given(keystore), keystorePassword.orElse(""));
    }

    private static Optional<Path> given(Setting<Path> path) {
        return path.optional().filter(file -> !file.toString().isEmpty());
    }

    private static Supplier<SerdeSettings> serde(SettingsSection section) {
        Setting<String> serializer = section.string("serializer", CLASS);
        Setting<String> deserializer = section.string("deserializer", CLASS);
        Map<String, String> properties = section.section("properties").texts(TextCheck.NONE);
        return () -> new SerdeSettings(serializer.orElse(""), deserializer.orElse(""), properties);
    }
}
