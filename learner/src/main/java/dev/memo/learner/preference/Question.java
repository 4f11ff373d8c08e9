package dev.memo.learner.preference;

import java.util.Optional;

/** What a person is asked about modes. The answer is yes or no. */
public sealed interface Question {
    /** The right answer of a person who wants that mode; empty where that does not tell it. */
    Optional<Boolean> answer(int wanted);

    /**
     * Is this what you want?
     *
     * @param mode that is shown
     */
    record Thumb(int mode) implements Question {
        @Override
        public Optional<Boolean> answer(int wanted) {
            return Optional.of(mode == wanted);
        }
    }

    /**
     * Is the left one nearer to what you want than the right one?
     *
     * @param left the mode that is shown on the left
     * @param right the other one
     */
    record Pair(int left, int right) implements Question {
        public Pair {
            if (left == right) {
                throw new IllegalArgumentException("mode " + left + " is no nearer than itself");
            }
        }

        @Override
        public Optional<Boolean> answer(int wanted) {
            return wanted == left || wanted == right
                    ? Optional.of(wanted == left)
                    : Optional.empty();
        }
    }
}
