package dev.memo.render.scene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void whatRoundsToZeroHasNoSign() {
        assertThat(Numbers.text(-0.04, 1)).isEqualTo("0.0");
        assertThat(Numbers.text(-0.4, 0)).isEqualTo("0");
        assertThat(Numbers.text(-0.06, 1)).isEqualTo("-0.1");
        assertThat(Numbers.text(-12.5, 2)).isEqualTo("-12.50");
    }
}
