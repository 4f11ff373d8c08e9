package dev.memo.learner.export;

import dev.memo.base.InputException;
import dev.memo.base.Tensor;
import dev.memo.kernels.Affine;
import dev.memo.kernels.Binary;
import dev.memo.kernels.Clamp;
import dev.memo.kernels.Concat;
import dev.memo.kernels.Function;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Linear;
import dev.memo.kernels.Node;
import dev.memo.kernels.Operation;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.kernels.Slice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * A program as an ONNX model: operator set 17 in IR version 8, float32. Inputs and outputs are
 * [batch][width] with a batch of any size, under the program's names; parameters are initialisers.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>, which has
 *     the numbers of the fields below
 */
public final class OnnxModel {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;

    /** The dimension that a run chooses. */
    private static final String BATCH = "batch";

    // TensorProto.DataType.
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    // AttributeProto.AttributeType.
    private static final int INT_ATTRIBUTE = 2;

    private final Program program;
    private final Parameters parameters;
    private final Map<String, float[]> fixed;
    private final ProtobufMessage graph = new ProtobufMessage();

    /** What the graph calls the value of a node, by the node's index. */
    private final Map<Integer, String> names = new HashMap<>();

    private OnnxModel(Program program, Parameters parameters, Map<String, float[]> fixed) {
        this.program = program;
        this.parameters = parameters;
        this.fixed = fixed;
    }

    /**
     * Writes a program that computes outputs from inputs and changes no parameter.
     *
     * @param parameters that have the program's
     * @param fixed inputs by name that get the same row [width] in every sample and are no inputs
     *     of the model; another input must be left
     * @param version of the producer, "memo"
     * @param metadata the model's properties, in order
     * @return the bytes of a file; the same for the same arguments
     * @throws InputException naming an operation that cannot be written
     */
    public static byte[] of(
            Program program,
            Parameters parameters,
            Map<String, float[]> fixed,
            String version,
            Map<String, String> metadata) {
        OnnxModel onnx = new OnnxModel(program, parameters, fixed);
        onnx.writeGraph();
        ProtobufMessage model =
                new ProtobufMessage()
                        .integer(1, IR_VERSION)
                        .text(2, "memo")
                        .text(3, version)
                        .message(7, onnx.graph)
                        .message(8, new ProtobufMessage().text(1, "").integer(2, OPERATOR_SET));
        metadata.forEach(
                (key, value) ->
                        model.message(14, new ProtobufMessage().text(1, key).text(2, value)));
        return model.toBytes();
    }

    private void writeGraph() {
        if (!program.updates().isEmpty() || !program.assignments().isEmpty()) {
            throw refused("a change of a parameter");
        }
        graph.text(2, program.name());
        program.needed().stream().mapToObj(program.nodes()::get).forEach(this::writeNode);
        program.outputs()
                .forEach(
                        (name, node) -> {
                            if (!node.shape().batch()) {
                                throw refused("output " + name + " without rows");
                            }
                            write("Identity", name, nameOf(node));
                            graph.message(12, rows(name, node.shape().width()));
                        });
    }

    private void writeNode(Node node) {
        String[] x = node.inputs().stream().map(this::nameOf).toArray(String[]::new);
        String y = "/%s_%d".formatted(node.operation().label().split(" ")[0], node.index());
        names.put(node.index(), y);
        switch (node.operation()) {
            case Leaf.Input input -> writeInput(input, node);
            case Leaf.Parameter parameter -> {
                names.put(node.index(), parameter.name());
                writeTensor(parameter.name(), parameters.get(parameter.name()));
            }
            case Leaf.Constant constant -> writeScalar(y, constant.value());
            case Linear linear -> writeLinear(linear, y, x);
            case Binary binary -> write(operator(binary), y, x);
            case Affine affine -> {
                writeScalar(y + "_scale", affine.scale());
                writeScalar(y + "_offset", affine.offset());
                write("Mul", y + "_scaled", x[0], y + "_scale");
                write("Add", y, y + "_scaled", y + "_offset");
            }
            case Clamp clamp -> {
                writeScalar(y + "_low", clamp.low());
                writeScalar(y + "_high", clamp.high());
                write("Clip", y, x[0], y + "_low", y + "_high");
            }
            case Concat _ -> write("Concat", "axis", 1, y, x);
            case Slice slice -> {
                writeWhole(y + "_from", slice.from());
                writeWhole(y + "_to", slice.to());
                writeWhole(y + "_axis", 1);
                write("Slice", y, x[0], y + "_from", y + "_to", y + "_axis");
            }
            case Function.SQUARE -> write("Mul", y, x[0], x[0]);
            case Function function -> write(operator(function), y, x);
            default -> throw refused(node.operation());
        }
    }

    private void writeInput(Leaf.Input input, Node node) {
        names.put(node.index(), input.name());
        float[] row = fixed.get(input.name());
        if (row == null) {
            graph.message(11, rows(input.name(), input.width()));
            return;
        }
        // [width] to [batch][width], for operations that do not broadcast.
        String rows = "/" + input.name() + "_rows";
        names.put(node.index(), rows);
        writeTensor(input.name(), new Tensor.F32(row, input.width()));
        writeWhole(rows + "_width", input.width());
        write("Shape", "end", 1, rows + "_batch", freeInput());
        write("Concat", "axis", 0, rows + "_shape", rows + "_batch", rows + "_width");
        write("Expand", rows, input.name(), rows + "_shape");
    }

    /** An input that tells how large the batch is. */
    private String freeInput() {
        return program.needed().stream()
                .mapToObj(i -> program.nodes().get(i).operation())
                .filter(operation -> operation instanceof Leaf.Input)
                .map(operation -> ((Leaf.Input) operation).name())
                .filter(name -> !fixed.containsKey(name))
                .findFirst()
                .orElseThrow(() -> refused("a model without inputs"));
    }

    private void writeLinear(Linear linear, String y, String[] x) {
        String sums = linear.activation().function().isPresent() ? y + "_sums" : y;
        write("Gemm", "transB", 1, sums, x);
        linear.activation().function().ifPresent(f -> write(operator(f), y, sums));
    }

    private String operator(Binary binary) {
        return switch (binary) {
            case PLUS -> "Add";
            case MINUS -> "Sub";
            case TIMES -> "Mul";
            case OVER -> "Div";
            case MIN -> "Min";
            case MAX -> "Max";
            case AT_MOST -> throw refused(binary);
        };
    }

    private String operator(Function function) {
        return switch (function) {
            case TANH -> "Tanh";
            case RELU -> "Relu";
            case ELU -> "Elu";
            case EXP -> "Exp";
            case LOG -> "Log";
            case SQRT -> "Sqrt";
            case RECIPROCAL -> "Reciprocal";
            case SOFTPLUS -> "Softplus";
            case SQUARE -> throw new IllegalStateException("a product");
        };
    }

    private InputException refused(Operation operation) {
        return refused(operation.label());
    }

    private InputException refused(String what) {
        return new InputException(
                "program %s: %s: cannot be written as ONNX".formatted(program.name(), what));
    }

    private String nameOf(Node node) {
        return names.get(node.index());
    }

    private void write(String type, String output, String... inputs) {
        graph.message(1, operator(type, output, inputs));
    }

    /** Adds an operator with an attribute. */
    private void write(String type, String key, int value, String output, String... inputs) {
        ProtobufMessage attribute =
                new ProtobufMessage().text(1, key).integer(3, value).integer(20, INT_ATTRIBUTE);
        graph.message(1, operator(type, output, inputs).message(5, attribute));
    }

    /** NodeProto. */
    private static ProtobufMessage operator(String type, String output, String[] inputs) {
        ProtobufMessage operator = new ProtobufMessage();
        for (String input : inputs) {
            operator.text(1, input);
        }
        return operator.text(2, output).text(3, output).text(4, type);
    }

    private void writeScalar(String name, double value) {
        writeTensor(name, new Tensor.F32(new float[] {(float) value}));
    }

    private void writeTensor(String name, Tensor.F32 tensor) {
        ByteBuffer raw = littleEndian(Float.BYTES * tensor.data().length);
        raw.asFloatBuffer().put(tensor.data());
        writeTensor(name, FLOAT, raw, tensor.shape());
    }

    /** One whole number in a vector. */
    private void writeWhole(String name, long value) {
        writeTensor(name, INT64, littleEndian(Long.BYTES).putLong(0, value), 1);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** TensorProto. */
    private void writeTensor(String name, int type, ByteBuffer raw, int... shape) {
        ProtobufMessage tensor = new ProtobufMessage();
        for (int extent : shape) {
            tensor.integer(1, extent);
        }
        graph.message(5, tensor.integer(2, type).text(8, name).bytes(9, raw.array()));
    }

    /** ValueInfoProto of [batch][width]. */
    private static ProtobufMessage rows(String name, int width) {
        ProtobufMessage shape =
                new ProtobufMessage()
                        .message(1, new ProtobufMessage().text(2, BATCH))
                        .message(1, new ProtobufMessage().integer(1, width));
        ProtobufMessage tensor = new ProtobufMessage().integer(1, FLOAT).message(2, shape);
        return new ProtobufMessage()
                .text(1, name)
                .message(2, new ProtobufMessage().message(1, tensor));
    }
}
