package dev.glosstream.train.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads NewsMTSC: a sentence whose targets agree in polarity has that sentiment. */
final class NewsSentences {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Integer, String> LABELS = Map.of(2, "negative", 4, "neutral", 6, "positive");

    private NewsSentences() {}

    static List<CorpusExample> read(CorpusFile file, List<String> problems) {
        List<CorpusExample> examples = StoredExamples.create();
        CorpusLines.each(file.path(), StandardCharsets.UTF_8, "", (line, number) -> {
            try {
                add(JSON.readTree(line), examples, file.labels());
            } catch (CorpusException e) {
                problems.add(file.path() + ":" + number + ": " + e.getMessage());
            } catch (JsonProcessingException e) {
                problems.add(file.path() + ":" + number + ": expected a JSON object, got " + e.getOriginalMessage());
            }
        });
        return examples;
    }

    private static void add(JsonNode sentence, List<CorpusExample> examples, LabelMap labels) {
        Set<Integer> polarities = new HashSet<>();
        sentence.path("targets")
                .forEach(target -> polarities.add(target.path("polarity").asInt()));
        String text = sentence.path("sentence_normalized").asText();
        String label = polarities.size() == 1 ? LABELS.get(polarities.iterator().next()) : null;
        if (label != null && !text.isBlank()) {
            CorpusExample.ofSentiment(text, label).addTo(examples, labels);
        }
    }
}
