package dev.glosstream.train.corpus;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The lines of a corpus file, plain, in gzip or in a zip. Lines end at a line feed only: tweets hold other breaks. */
final class CorpusLines {
    private CorpusLines() {}

    /** Returns the lines; within a zip those of all its files whose name ends so, in order of their names. */
    static List<String> read(Path path, Charset charset, String zipSuffix) {
        try (InputStream in = open(path, zipSuffix)) {
            return split(new String(in.readAllBytes(), charset));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static List<String> read(Path path) {
        return read(path, StandardCharsets.UTF_8, "");
    }

    /** Hands over the lines of a file of any size one by one, in UTF-8. */
    static void each(Path path, Consumer<String> line) {
        try (Reader in = new BufferedReader(new InputStreamReader(open(path, ""), StandardCharsets.UTF_8))) {
            StringBuilder read = new StringBuilder();
            int unit = in.read();
            for (; unit >= 0; unit = in.read()) {
                if (unit == '\n') {
                    line.accept(withoutCarriageReturn(read));
                    read.setLength(0);
                } else {
                    read.append((char) unit);
                }
            }
            if (read.length() > 0) {
                line.accept(withoutCarriageReturn(read));
            }
        } catch (IOException e) {
            throw unreadable(path, e);
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
        List<InputStream> parts = new ArrayList<>();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            List<String> names = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(each -> each.endsWith(suffix) && !each.endsWith("/"))
                    .sorted()
                    .toList();
            for (String name : names) {
                byte[] bytes = zip.getInputStream(zip.getEntry(name)).readAllBytes();
                parts.add(new ByteArrayInputStream(bytes));
            }
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    private static List<String> split(String content) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < content.length()) {
            int end = content.indexOf('\n', start);
            int stop = end < 0 ? content.length() : end;
            boolean carriage = stop > start && content.charAt(stop - 1) == '\r';
            lines.add(content.substring(start, carriage ? stop - 1 : stop));
            start = stop + 1;
        }
        return lines;
    }
}
