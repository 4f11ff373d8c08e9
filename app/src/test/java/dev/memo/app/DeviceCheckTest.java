package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.Tensor;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.kernels.jvm.JvmDevice;
import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity: the check passes on a device that computes, and on no other. */
class DeviceCheckTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theJvmDevicePasses(int threads) {
        try (ThreadTeam team = new ThreadTeam(threads);
                Device device = new JvmDevice(team)) {
            DeviceCheck check = DeviceCheck.of(device);
            assertThat(check.passed()).as(check.toString()).isTrue();
            // As no float32 number is a sum of float64 numbers.
            assertThat(check.difference()).isPositive();
        }
    }

    /** A device that computes all but one quantity as it should. */
    private record Wrong(Device device, String quantity, float wrong) implements Device {
        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public Parameters parameters(long seed, Program... programs) {
            return device.parameters(seed, programs);
        }

        @Override
        public Executable compile(Program program, int maxRows, Parameters parameters) {
            Executable executable = device.compile(program, maxRows, parameters);
            return (Executable)
                    Proxy.newProxyInstance(
                            Wrong.class.getClassLoader(),
                            new Class<?>[] {Executable.class},
                            (_, method, arguments) -> {
                                Object result = method.invoke(executable, arguments);
                                if (result instanceof Tensor.F32 tensor
                                        && arguments[0].equals(quantity)) {
                                    tensor.data()[0] += wrong;
                                }
                                return result;
                            });
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({"values,0.001", "nearest codes,1", "gradient of hidden.weight,0.001", "loss,NaN"})
    void anotherDoesNotAndTheQuantityIsNamed(String quantity, float wrong) {
        try (ThreadTeam team = new ThreadTeam(1);
                Device device = new JvmDevice(team)) {
            DeviceCheck check = DeviceCheck.of(new Wrong(device, quantity, wrong));
            assertThat(check.passed()).isFalse();
            assertThat(check.quantity()).isEqualTo(quantity);
        }
    }
}
