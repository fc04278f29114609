package dev.glosstream.app;

import dev.glosstream.batch.Window;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Labels lines in windows that close when they are full or when the next line is not there yet. One thread. */
final class LineLabeller {
    private final TextLabeller labeller;
    private final Window<Waiting> window;

    /**
     * A line in the window.
     *
     * @param line the line
     * @param prepared its text for the models, or why it was refused
     */
    private record Waiting(InputLine line, Outcome<PreparedText> prepared) {
        int weight() {
            // A refused line has no tokens, but it takes memory until its turn.
            return prepared.fold(
                    PreparedText::sequenceLength, rejection -> line.text().length());
        }

        Stream<PreparedText> text() {
            return prepared.fold(Stream::of, rejection -> Stream.empty());
        }

        TextResult result(Iterator<Outcome<Labels>> labels) {
            return TextResult.of(line.text(), prepared.then(text -> labels.next()));
        }
    }

    /** Labels with a labeller that stays open; a window is full by the records and tokens of these settings. */
    LineLabeller(TextLabeller labeller, BatchingSettings batching) {
        this.labeller = labeller;
        this.window = new Window<>(batching);
    }

    /**
     * Labels every line of the input.
     *
     * @throws OutputClosedException if nobody reads the output any more
     */
    void labelAll(LineInput input, ResultPrinter printer, LineOutput output) throws IOException {
        Optional<InputLine> line = input.next();
        while (line.isPresent()) {
            add(line.get());
            line = window.isFull() ? Optional.empty() : input.nextIfReady();
            if (line.isEmpty()) {
                closeWindow(printer, output);
                line = input.next();
            }
        }
    }

    private void add(InputLine line) {
        Outcome<PreparedText> prepared = line.rejection()
                .<Outcome<PreparedText>>map(Outcome.Rejected::new)
                .orElseGet(() -> labeller.prepare(line.text()));
        Waiting waiting = new Waiting(line, prepared);
        window.add(waiting, waiting.weight(), 0);
    }

    private void closeWindow(ResultPrinter printer, LineOutput output) {
        List<Waiting> closed = window.drain();
        Iterator<Outcome<Labels>> labels =
                labeller.label(closed.stream().flatMap(Waiting::text).toList()).iterator();
        closed.forEach(waiting -> output.line(printer.line(waiting.result(labels))));
        output.flush();
    }
}
