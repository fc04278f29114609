package dev.glosstream.train.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The lines of a corpus file, plain, in gzip or in a zip. Lines end at a line feed only: tweets hold other breaks. */
final class CorpusLines {
    private static final int BUFFER = 1 << 14;

    private CorpusLines() {}

    /** Hears a line and its number, counted from 1. */
    interface LineReader {
        void read(String line, int number);
    }

    /** Returns the lines, for files that are small. */
    static List<String> read(Path path, Charset charset, String zipSuffix) {
        List<String> lines = new ArrayList<>();
        each(path, charset, zipSuffix, (line, number) -> lines.add(line));
        return lines;
    }

    /** Returns the lines, for files that are small, in UTF-8. */
    static List<String> read(Path path) {
        return read(path, StandardCharsets.UTF_8, "");
    }

    /** Hands over the lines of a file of any size one by one, in UTF-8. */
    static void each(Path path, Consumer<String> reader) {
        each(path, StandardCharsets.UTF_8, "", (line, number) -> reader.accept(line));
    }

    /**
     * Hands over the lines of a file of any size one by one; within a zip those of all its files whose name ends so, in order
     * of their names.
     */
    static void each(Path path, Charset charset, String zipSuffix, LineReader reader) {
        try (Reader in = new InputStreamReader(open(path, zipSuffix), charset)) {
            each(in, reader);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static void each(Reader in, LineReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        char[] units = new char[BUFFER];
        int number = 0;
        for (int count = in.read(units); count >= 0; count = in.read(units)) {
            int start = 0;
            for (int index = 0; index < count; index++) {
                if (units[index] == '\n') {
                    line.append(units, start, index - start);
                    start = index + 1;
                    number++;
                    reader.read(withoutCarriageReturn(line), number);
                    line.setLength(0);
                }
            }
            line.append(units, start, count - start);
        }
        if (line.length() > 0) {
            reader.read(withoutCarriageReturn(line), number + 1);
        }
    }

    private static String withoutCarriageReturn(StringBuilder line) {
        int length = line.length();
        return line.substring(0, length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
    }

    static String first(Path path) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(path, ""), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static CorpusException unreadable(Path path, IOException e) {
        String got = Files.exists(path) ? "got " + e : "found none";
        return new CorpusException(
                "file '" + path + "': expected one that can be read, .gz in gzip and .zip a zip, " + got, e);
    }

    private static InputStream open(Path path, String zipSuffix) throws IOException {
        String name = path.getFileName().toString();
        if (name.endsWith(".zip")) {
            return unzip(path, zipSuffix);
        }
        InputStream in = Files.newInputStream(path);
        return name.endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private static InputStream unzip(Path path, String suffix) throws IOException {
        ZipFile zip = new ZipFile(path.toFile());
        List<? extends ZipEntry> entries = zip.stream()
                .filter(each -> each.getName().endsWith(suffix) && !each.isDirectory())
                .sorted(Comparator.comparing(ZipEntry::getName))
                .toList();
        List<InputStream> opened = new AbstractList<>() {
            @Override
            public InputStream get(int index) {
                return entry(zip, entries.get(index));
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
        // Each is opened when the one before it is at its end.
        return new SequenceInputStream(Collections.enumeration(opened)) {
            @Override
            public void close() throws IOException {
                zip.close();
            }
        };
    }

    private static InputStream entry(ZipFile zip, ZipEntry entry) {
        try {
            return zip.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
