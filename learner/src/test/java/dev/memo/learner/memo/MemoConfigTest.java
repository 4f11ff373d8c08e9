package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.learner.checkpoint.ConfigJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class MemoConfigTest {
    @ParameterizedTest
    @CsvSource({
        "modes, 0, --modes 0",
        "window, 0, --window 0",
        "stride, 0, --stride 0",
        "recognition, -1, --recognition -1.0",
        "probes, 0, --probes 0",
        "temperature, 0, --temperature 0.0",
        "usage_entropy, -1, --usage-entropy -1.0",
        "residual_codes, -1, --residual-codes -1",
        "last_rate, 0, --last-rate 0.0",
        "last_rate, 1.5, --last-rate 1.5",
        "naught_hot, 0, --naught-hot 0.0",
        "replacement, 1.1, --replacement 1.1",
        "replacement, -0.1, --replacement -0.1",
        "beta, -1, --beta -1.0",
        "code_size, 0, --code-size 0",
        "hidden, 0, --hidden 0",
        "autoencoder_hidden, 0, --autoencoder-hidden 0",
        "learning_rate, 0, --learning-rate 0.0",
        "batch, 0, --batch 0",
        "epochs, 0, --epochs 0",
        "iterations, 0, --iterations 0",
        "held_out, 0, --held-out 0.0",
        "held_out, 1, --held-out 1.0"
    })
    void refusesWhatCannotBeLearnedWithByTheFlagsName(String key, double value, String message) {
        ObjectNode json = ConfigJson.of(MemoConfig.DEFAULT);
        assertThat(json.has(key)).isTrue();
        if (value == (int) value) {
            json.put(key, (int) value);
        } else {
            json.put(key, value);
        }
        assertThatThrownBy(() -> ConfigJson.read(json, MemoConfig.class))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesStepsThatAreNoneTooShortOrTwiceTheSame() {
        for (List<Integer> step : List.of(List.<Integer>of(), List.of(5, 0), List.of(3, 3))) {
            assertThatThrownBy(() -> TinyData.config("step", step))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("--step " + step);
        }
    }

    @Test
    void refusesASequenceEncoderWithoutASequence() {
        assertThatThrownBy(() -> TinyData.config("encoder", "GRU"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--window 1: --encoder gru reads several rows");
        assertThatThrownBy(
                        () ->
                                TinyData.config(
                                        "encoder",
                                        "ATTENTION",
                                        "window",
                                        4,
                                        "networks",
                                        "ORIGINAL"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--networks original: has no --encoder attention");
    }

    @Test
    void filesHoldAllOfIt() {
        MemoConfig config =
                TinyData.config("assignment", "STEP", "seed", Long.MAX_VALUE, "beta", 0.1);
        assertThat(ConfigJson.read(ConfigJson.of(config), MemoConfig.class)).isEqualTo(config);
        assertThat(config.seed()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"modes", "features", "loss", "k_means_start", "naught_hot"})
    void refusesAFileWithAValueMissing(String key) {
        ObjectNode json = ConfigJson.of(MemoConfig.DEFAULT);
        json.putNull(key);
        assertThatThrownBy(() -> ConfigJson.read(json, MemoConfig.class))
                .isInstanceOf(InputException.class);
        assertThat(json.remove(key)).isNotNull();
        assertThatThrownBy(() -> ConfigJson.read(json, MemoConfig.class))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(key);
    }
}
