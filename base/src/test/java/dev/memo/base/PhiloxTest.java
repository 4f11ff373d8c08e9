package dev.memo.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Golden: the vectors published with Random123, and randomgen's. */
class PhiloxTest {
    private static final JsonNode CASES = read();

    @Test
    void blocksAreThePublishedOnes() {
        int checked = 0;
        for (JsonNode one : CASES) {
            if (one.get("kind").asString().equals("philox")) {
                checked += checkBlocks(one);
            }
        }
        assertThat(checked).isEqualTo(3 + 17 + 17);
    }

    @Test
    void uniformsAreTheUpperBitsOfTheWord() {
        JsonNode one = named("uniforms from words");
        JsonNode words = one.get("inputs").get("x").get("data");
        for (int i = 0; i < words.size(); i++) {
            int word = (int) words.get(i).asLong();
            assertThat(Philox.halfOpen(word)).isEqualTo(output(one, "half_open", i));
            assertThat(Philox.open(word)).isEqualTo(output(one, "open", i));
        }
    }

    private static int checkBlocks(JsonNode one) {
        JsonNode counter = one.get("inputs").get("counter").get("data");
        JsonNode key = one.get("inputs").get("key").get("data");
        JsonNode block = one.get("outputs").get("block").get("data");
        int[] out = new int[4];
        int count = key.size() / 2;
        for (int i = 0; i < count; i++) {
            long bothKeys = key.get(2 * i + 1).asLong() << 32 | key.get(2 * i).asLong();
            Philox.block(
                    (int) counter.get(4 * i).asLong(),
                    (int) counter.get(4 * i + 1).asLong(),
                    (int) counter.get(4 * i + 2).asLong(),
                    (int) counter.get(4 * i + 3).asLong(),
                    bothKeys,
                    out,
                    0);
            for (int w = 0; w < 4; w++) {
                assertThat(Integer.toUnsignedLong(out[w])).isEqualTo(block.get(4 * i + w).asLong());
            }
        }
        return count;
    }

    private static float output(JsonNode one, String name, int i) {
        return (float) one.get("outputs").get(name).get("data").get(i).asDouble();
    }

    private static JsonNode named(String name) {
        for (JsonNode one : CASES) {
            if (one.get("name").asString().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no golden case " + name);
    }

    private static JsonNode read() {
        InputStream in = PhiloxTest.class.getResourceAsStream("/golden/rng.json");
        return JsonMapper.shared().readTree(in).get("cases");
    }

    /** Vectors of any length have some of these counts between their multiples. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 8, 21})
    void blocksOfManyKeysAreTheBlocksOfEach(int count) {
        int from = 2;
        long[] keys = LongStream.range(0, 30).map(i -> i * 0x9E3779B97F4A7C15L).toArray();
        long[] low = new long[30];
        long[] high = new long[30];
        Philox.blocks(-7, 1 << 31, 5, -1, keys, from, from + count, low, high);
        int[] words = new int[4];
        for (int i = 0; i < 30; i++) {
            Arrays.fill(words, 0);
            if (i >= from && i < from + count) {
                Philox.block(-7, 1 << 31, 5, -1, keys[i], words, 0);
            }
            assertThat((int) low[i]).isEqualTo(words[0]);
            assertThat((int) (low[i] >>> 32)).isEqualTo(words[1]);
            assertThat((int) high[i]).isEqualTo(words[2]);
            assertThat((int) (high[i] >>> 32)).isEqualTo(words[3]);
        }
    }
}
