package dev.glosstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.glosstream.infer.SequenceNetwork;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of all parameters before the head of a network, embedding tables first, on the heap.
 *
 * @param arrays one per parameter, row-major; not copied
 */
record EncoderWeights(List<float[]> arrays) {

    /**
     * Returns those of a network that is trained.
     *
     * @param parameters all of them
     */
    static EncoderWeights of(SequenceNetwork network, List<HeapParameter> parameters) {
        List<float[]> arrays = new ArrayList<>();
        for (Parameter wanted : network.encoderParameters()) {
            arrays.add(parameters.stream()
                    .filter(each -> each.parameter().equals(wanted))
                    .findFirst()
                    .orElseThrow()
                    .values()
                    .clone());
        }
        return new EncoderWeights(arrays);
    }

    /** Gives a network of the same architecture these values; its parameters must have arrays. */
    void copyTo(SequenceNetwork network) {
        List<Parameter> parameters = network.encoderParameters();
        for (int index = 0; index < parameters.size(); index++) {
            NDArray array = parameters.get(index).getArray();
            ParameterValues.write(array, arrays.get(index));
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(arrays.size());
        for (float[] values : arrays) {
            FloatArrays.write(out, values);
        }
    }

    static EncoderWeights read(DataInputStream in) throws IOException {
        List<float[]> arrays = new ArrayList<>();
        int count = in.readInt();
        for (int index = 0; index < count; index++) {
            arrays.add(FloatArrays.readFloats(in));
        }
        return new EncoderWeights(arrays);
    }
}
