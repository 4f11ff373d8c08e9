package dev.memo.kernels;

/** Attention over the steps of a window. */
public final class Attention {
    private Attention() {}

    /**
     * Pools the steps of each window by how they score: the sum over t of softmax(scores)[t]
     * steps[t] (Bahdanau et al. 2015, equations 5 and 6).
     *
     * @param steps [rows x T][D], from {@link Node#split}
     * @param scores [rows x T][1], usually layers on the same steps
     * @return [rows][D]
     */
    public static Node pool(Node steps, Node scores) {
        int count = steps.shape().height();
        Node weights = scores.join().softmax().split(count);
        return steps.times(weights).groupSum();
    }
}
