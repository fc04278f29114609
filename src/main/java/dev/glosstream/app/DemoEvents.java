package dev.glosstream.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.config.LimitSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the demo sends: the bundled events with broken records among them, or the lines of a file. */
final class DemoEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BETWEEN_BROKEN_RECORDS = 20;

    private DemoEvents() {}

    /**
     * Returns the bundled events, with broken records strewn among them.
     *
     * @param file JSON lines with the fields id, kind, language and text
     * @param limits those of the pipeline
     */
    static List<DemoRecord> bundled(Path file, LimitSettings limits) throws IOException {
        TextEventBytes events = new TextEventBytes();
        List<DemoRecord> records = sound(file, events);
        strewBroken(records, limits, events);
        return records;
    }

    /** Strews broken records among others, and odd ones. */
    static void strewBroken(List<DemoRecord> records, LimitSettings limits, TextEventBytes events) {
        BrokenRecords broken = new BrokenRecords(limits, events);
        strew(records, broken.refused());
        strew(records, broken.odd());
    }

    /**
     * Returns the bundled events alone, in a list of the caller's.
     *
     * @param file JSON lines with the fields id, kind, language and text
     * @param events encodes them
     */
    static List<DemoRecord> sound(Path file, TextEventBytes events) throws IOException {
        return read(file, line -> event(events, line));
    }

    /** Returns the texts of the bundled events. */
    static List<String> texts(Path file) throws IOException {
        return read(file, line -> line.required("text").asText());
    }

    private static <T> List<T> read(Path file, Function<JsonNode, T> event) throws IOException {
        List<T> records = new ArrayList<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int line = 0; line < lines.size(); line++) {
            try {
                records.add(event.apply(JSON.readTree(lines.get(line))));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                throw new CommandException(
                        ExitCode.USAGE,
                        file + ":" + (line + 1)
                                + ": expected a JSON object with id, kind, language and text; restore the"
                                + " file from where it came from",
                        e);
            }
        }
        return records;
    }

    private static DemoRecord event(TextEventBytes events, JsonNode event) {
        return events.record(
                event.required("id").asText(),
                event.required("text").asText().getBytes(StandardCharsets.UTF_8),
                event.required("language").asText(),
                Map.of("kind", event.required("kind").asText()));
    }

    private static void strew(List<DemoRecord> records, List<DemoRecord> among) {
        int position = BETWEEN_BROKEN_RECORDS / 2;
        for (DemoRecord record : among) {
            records.add(Math.min(position, records.size()), record);
            position += BETWEEN_BROKEN_RECORDS;
        }
    }

    /** Returns one event per line of a file; a line that is not UTF-8 is sent as it is. */
    static List<DemoRecord> ofLines(Path file) {
        return ofLines(file, new TextEventBytes());
    }

    /**
     * Returns one event per line of a file, in a list of the caller's; a line that is not UTF-8 is sent as it is.
     *
     * @param events encodes them
     */
    static List<DemoRecord> ofLines(Path file, TextEventBytes events) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Lines lines = new Lines(in, "line", events);
            List<DemoRecord> records = new ArrayList<>();
            Optional<DemoRecord> next = lines.next();
            while (next.isPresent()) {
                records.add(next.get());
                next = lines.next();
            }
            return records;
        } catch (IOException e) {
            throw new CommandException(ExitCode.USAGE, "--events " + file + ": expected a readable file, got " + e, e);
        }
    }

    /** Events of the lines of a stream, numbered. One thread. */
    static final class Lines {
        private final LineInput input;
        private final String prefix;
        private final TextEventBytes events;
        private int number;

        /** Reads from a stream, which stays open; ids are the prefix and the number of the line. */
        Lines(InputStream in, String prefix) {
            this(in, prefix, new TextEventBytes());
        }

        private Lines(InputStream in, String prefix, TextEventBytes events) {
            this.input = new LineInput(in, LimitSettings.DEFAULT.maxRecordBytes());
            this.prefix = prefix;
            this.events = events;
        }

        /** Returns the event of the next line, waiting for it; empty at the end. */
        Optional<DemoRecord> next() throws IOException {
            Optional<InputLine> line = input.next();
            number++;
            String id = prefix + "-" + number;
            return line.map(read -> events.record(id, read.bytes(), null, Map.of()));
        }
    }
}
