package dev.memo.learner.memo;

/**
 * The codes of the rows that a run was not trained on, episode by episode.
 *
 * @param episodes [N] the episode of each row in the dataset
 * @param times [N] its step in the episode
 * @param nearest [N] the code that is nearest to the row
 * @param assigned [N] the mode that the row belongs to: with episode-level assignment its
 *     episode's, else the nearest
 * @param distances [N] of the row from the code of the mode that it belongs to
 * @param residual [N] the code of the second level; empty where there is none
 * @param residualCodes R, how many there are of the second level
 */
public record HeldOutCodes(
        int[] episodes,
        int[] times,
        int[] nearest,
        int[] assigned,
        float[] distances,
        int[] residual,
        int residualCodes) {
    /** N. */
    public int size() {
        return episodes.length;
    }
}
