package dev.memo.learner.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.learner.checkpoint.ConfigJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class BaselineConfigTest {
    @ParameterizedTest
    @CsvSource({
        "modes, 0, --modes 0",
        "step, 0, --step 0",
        "hidden, 0, --hidden 0",
        "probes, 0, --probes 0",
        "encoder_hidden, 0, --encoder-hidden 0",
        "kl_weight, -0.1, --kl-weight -0.1",
        "learning_rate, 0, --learning-rate 0.0",
        "batch, 0, --batch 0",
        "epochs, 0, --epochs 0",
        "iterations, 0, --iterations 0",
        "held_out, 0, --held-out 0.0",
        "held_out, 1, --held-out 1.0"
    })
    void refusesWhatCannotBeLearnedWithByTheFlagsName(String key, double value, String message) {
        Number number = value == (int) value ? (Number) (int) value : (Number) value;
        assertThat(ConfigJson.of(BaselineConfig.DEFAULT).has(key)).isTrue();
        assertThatThrownBy(() -> ConfigJson.with(BaselineConfig.DEFAULT, Map.of(key, number)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void cloningHasOneMode() {
        assertThatThrownBy(() -> MirroredExperts.config(BaselineConfig.Kind.CLONING, "modes", 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--modes 2: must be 1 for cloning");
    }

    @Test
    void aBatchHasWholeEpisodesForTheEncoder() {
        assertThatThrownBy(
                        () ->
                                MirroredExperts.config(
                                        BaselineConfig.Kind.CATEGORICAL_VAE, "batch", 65))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--batch 65: must be a multiple of the 8 probes");
    }

    @ParameterizedTest
    @EnumSource
    void filesHoldAllOfIt(BaselineConfig.Kind kind) {
        BaselineConfig config = MirroredExperts.config(kind, "seed", Long.MAX_VALUE);
        assertThat(ConfigJson.read(ConfigJson.of(config), BaselineConfig.class)).isEqualTo(config);
        assertThat(config.kind()).isEqualTo(kind);
        assertThat(config.seed()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind", "modes", "features", "mode_deviations", "kl_weight"})
    void refusesAFileWithAValueMissing(String key) {
        ObjectNode json = ConfigJson.of(BaselineConfig.DEFAULT);
        assertThat(json.remove(key)).isNotNull();
        assertThatThrownBy(() -> ConfigJson.read(json, BaselineConfig.class))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(key);
    }
}
