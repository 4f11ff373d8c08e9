package dev.memo.kernels;

import static dev.memo.kernels.Evaluation.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.ThreadTeam;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawTest {
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final int STREAM = 3;

    /** Both laws with so many columns and a scalar step. */
    private static Program program(int width, long seed, int stream) {
        Program.Builder builder = Program.builder("draw");
        Node step = builder.scalar("step");
        builder.output("uniforms", builder.uniforms(width, seed, stream, step));
        builder.output("normals", builder.normals(width, seed, stream, step));
        return builder.build();
    }

    private static Map<String, double[]> step(double step) {
        return Map.of("step", new double[] {step});
    }

    @Test
    void normalsAreTheGoldenOnes() {
        Golden golden = Golden.cases("rng.json", "normals").getFirst();
        double[] counters = golden.input("counter");
        double[] keys = golden.input("key");
        int blocks = counters.length / 4;
        for (int i = 0; i < blocks; i++) {
            double[] counter = {i, counters[1], 0, 0};
            assertThat(Arrays.copyOfRange(counters, 4 * i, 4 * i + 4)).isEqualTo(counter);
        }
        long seed = (long) keys[1] << Integer.SIZE | (long) keys[0];
        Program program = program(4 * blocks, seed, 0);
        double[] expected = golden.output("normals");
        double[] plain = Evaluation.plain(program, step(counters[1]), 1).get("normals");
        double[] device = Evaluation.onDevice(program, step(counters[1]), 1).get("normals");
        assertClose("plain", plain, expected, 1e-8);
        for (int i = 0; i < expected.length; i++) {
            assertThat(device[i]).isCloseTo(expected[i], within(2e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 17, 60})
    void isTheSameOnTheDeviceForAwkwardSizes(int width) {
        Program program = program(width, SEED, STREAM);
        for (int rows : new int[] {1, 7, 33, 130}) {
            Map<String, double[]> plain = Evaluation.plain(program, step(16_777_215), rows);
            Map<String, double[]> device = Evaluation.onDevice(program, step(16_777_215), rows);
            assertThat(device.get("uniforms")).isEqualTo(plain.get("uniforms"));
            double[] normals = plain.get("normals");
            for (int i = 0; i < normals.length; i++) {
                assertThat(device.get("normals")[i]).isCloseTo(normals[i], within(2e-6));
            }
        }
    }

    @Test
    void hasTheMomentsOfItsLaw() {
        int rows = 1000;
        int width = 101;
        Map<String, double[]> drawn =
                Evaluation.onDevice(program(width, SEED, STREAM), step(0), rows);
        assertMoments(drawn.get("uniforms"), 0.5, 1 / 12.0, 1.8);
        assertMoments(drawn.get("normals"), 0, 1, 3);
    }

    /** Bounds of about four standard errors of 100,000 numbers. */
    private static void assertMoments(
            double[] numbers, double mean, double variance, double kurtosis) {
        double average = Arrays.stream(numbers).average().orElseThrow();
        double second =
                Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        double fourth =
                Arrays.stream(numbers).map(x -> Math.pow(x - mean, 4)).average().orElseThrow();
        assertThat(average).isCloseTo(mean, within(0.013 * Math.sqrt(variance)));
        assertThat(second / variance).isCloseTo(1, within(0.018));
        assertThat(fourth / (variance * variance)).isCloseTo(kurtosis, within(0.13));
    }

    @Test
    void isAnotherForEveryStepAndRow() {
        Program program = program(6, SEED, STREAM);
        double[] first = Evaluation.onDevice(program, step(1), 2).get("normals");
        double[] second = Evaluation.onDevice(program, step(2), 2).get("normals");
        double[] again = Evaluation.onDevice(program, step(1), 40).get("normals");
        assertThat(first).doesNotContain(second);
        assertThat(Arrays.copyOf(again, 12)).isEqualTo(first);
        assertThat(Arrays.stream(again).distinct().count()).isEqualTo(again.length);
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 0.5f, 1 << 24, Float.NaN, Float.POSITIVE_INFINITY})
    void isNaNForWhatIsNoStep(float step) {
        Program program = program(3, SEED, STREAM);
        try (ThreadTeam team = new ThreadTeam(1);
                Device device = TestDevice.open(team)) {
            Executable draw = device.compile(program, 2, device.parameters(0, program));
            draw.set("step", step);
            draw.run(2);
            assertThat(draw.read("normals").data()).containsOnly(Float.NaN);
            assertThat(draw.read("uniforms").data()).containsOnly(Float.NaN);
        }
        assertThat(Evaluation.plain(program, step(step), 2).get("normals"))
                .containsOnly(Double.NaN);
    }
}
