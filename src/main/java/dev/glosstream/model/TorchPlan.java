package dev.glosstream.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@value #FILE} tells the Python side in {@code training/}.
 *
 * @param formatVersion version of this layout, {@value #FORMAT_VERSION}
 * @param task what the network predicts
 * @param labels class labels, or entity types
 * @param tags tags of the CRF; none for a text classifier
 * @param network the network
 * @param training how to train it, name → value; null if it is only to be exported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TorchPlan(
        int formatVersion,
        String task,
        List<String> labels,
        List<String> tags,
        NetworkPlan network,
        @Nullable Map<String, @Nullable Object> training) {
    /** Name of the file in the folder that is handed over. */
    public static final String FILE = "plan.json";
    /** The layout that this program and its Python side agree on. */
    public static final int FORMAT_VERSION = 1;

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Returns the plan of a bundle's network. */
    public static TorchPlan of(
            ModelManifest manifest, NetworkPlan network, @Nullable Map<String, @Nullable Object> training) {
        return new TorchPlan(
                FORMAT_VERSION,
                manifest.task().code(),
                manifest.labels(),
                manifest.task() == Task.ENTITIES
                        ? BioTagSet.of(manifest.labels()).names()
                        : List.of(),
                network,
                training);
    }

    /** Writes the plan into a folder. */
    public void write(Path directory) throws IOException {
        Files.writeString(directory.resolve(FILE), JSON.writeValueAsString(this) + "\n");
    }
}
