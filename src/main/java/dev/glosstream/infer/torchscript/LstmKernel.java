package dev.glosstream.infer.torchscript;

/** Which operator of libtorch a program runs its encoder with; the arithmetic is the same. */
public enum LstmKernel {
    /** {@code torch.lstm}: on every processor. It puts the weights in the order of its kernel anew in each call. */
    PORTABLE,
    /**
     * {@code mkldnn_rnn_layer}, the operator below {@code torch.lstm} on x86 processors, with weights that {@link
     * NetworkProgram#PACK} has put in order once. A call for a few short texts takes about half the time.
     */
    PACKED
}
