package dev.memo.learner.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.learner.checkpoint.ConfigJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class PpoConfigTest {
    @ParameterizedTest
    @CsvSource({
        "steps, 32768, more than the 32768 of the first iteration",
        "steps, 1000000000000, at most 2^24",
        "minibatch, 100, must divide the 512",
        "discount, 1, between 0 and 1",
        "lambda, 1.5, from 0 to 1",
        "clip, 0, between 0 and 1",
        "target_kl, 0, above 0",
        "entropy, -1, from 0 on",
        "entropy, Infinity, from 0 on",
        "max_norm, NaN, above 0",
        "log_deviation, NaN, from -20 to 20",
        "integral_gain, -1, from 0 on",
        "policy_rate, 0, above 0",
        "last_rate, 2, from 0 to 1",
        "cost_limit, -1, from 0 on"
    })
    void refusesWhatCannotBeLearnedWith(String key, double value, String rule) {
        boolean whole = ConfigJson.of(PpoConfig.DEFAULT).path(key).isIntegralNumber();
        Object typed = whole ? (Object) (long) value : value;
        assertThatThrownBy(() -> ConfigJson.with(PpoConfig.DEFAULT, Map.of(key, typed)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--" + key.replace('_', '-'))
                .hasMessageContaining(rule);
    }

    @Test
    void readsWhatItWrites() {
        ObjectNode json = ConfigJson.of(PpoConfig.DEFAULT.withSeed(7));
        assertThat(json.path("multiplier").asString()).isEqualTo("none");
        assertThat(ConfigJson.read(json, PpoConfig.class)).isEqualTo(PpoConfig.DEFAULT.withSeed(7));
    }

    @Test
    void refusesASettingThatIsUnknown() {
        assertThatThrownBy(() -> ConfigJson.with(PpoConfig.DEFAULT, Map.of("learning_rate", 1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("learning_rate");
    }
}
