package dev.memo.kernels.tornado;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** One launch of a kernel. */
sealed interface Launch {
    /** The arrays that kernels share. */
    record Arrays(
            KernelContext context, FloatArray inputs, FloatArray memory, FloatArray outputs) {}

    /** Adds it to a graph. */
    void addTo(TaskGraph graph, String task, Arrays arrays);

    /** How many work items run it. */
    WorkerGrid grid(int maxRows);

    private static WorkerGrid grid(int groups, int lanes) {
        WorkerGrid grid = new WorkerGrid1D(groups * lanes);
        grid.setLocalWork(lanes, 1, 1);
        return grid;
    }

    private static WorkerGrid tiled(int groupsX, int groupsY) {
        int lanes = MatrixKernels.STEP;
        WorkerGrid grid = new WorkerGrid2D(groupsX * lanes, groupsY * lanes);
        grid.setLocalWork(lanes, lanes, 1);
        return grid;
    }

    private static int tiles(int entries) {
        return (entries + MatrixKernels.TILE - 1) / MatrixKernels.TILE;
    }

    private static void addTables(TaskGraph graph, Object... tables) {
        graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, tables);
    }

    /** Instructions on rows; more are added while a program is laid out. */
    final class OnRows implements Launch {
        private final int fixedRows;
        private final List<Instruction> instructions = new ArrayList<>();

        /**
         * @param fixedRows 0 for the samples of the run
         */
        OnRows(int fixedRows) {
            this.fixedRows = fixedRows;
        }

        int fixedRows() {
            return fixedRows;
        }

        void add(Instruction instruction) {
            instructions.add(instruction);
        }

        @Override
        public void addTo(TaskGraph graph, String task, Arrays arrays) {
            int fields = RowKernel.FIELDS;
            int[] code = new int[RowKernel.HEADER + fields * instructions.size()];
            float[] numbers = new float[2 * instructions.size()];
            code[0] = instructions.size();
            code[1] = fixedRows;
            for (int i = 0; i < instructions.size(); i++) {
                Instruction instruction = instructions.get(i);
                int at = RowKernel.HEADER + i * fields;
                System.arraycopy(instruction.fields(), 0, code, at, fields);
                numbers[2 * i] = instruction.p();
                numbers[2 * i + 1] = instruction.q();
            }
            IntArray codeArray = IntArray.fromArray(code);
            FloatArray numberArray = FloatArray.fromArray(numbers);
            addTables(graph, codeArray, numberArray);
            graph.task(
                    task,
                    RowKernel::run,
                    arrays.context,
                    arrays.inputs,
                    arrays.memory,
                    arrays.outputs,
                    codeArray,
                    numberArray);
        }

        @Override
        public WorkerGrid grid(int maxRows) {
            int samples = fixedRows > 0 ? fixedRows : maxRows;
            int groups = (samples + RowKernel.SAMPLES - 1) / RowKernel.SAMPLES;
            return Launch.grid(groups, RowKernel.LANES);
        }
    }

    /**
     * {@link MatrixKernels#product}.
     *
     * @param fields as it has them
     */
    record Product(int[] fields, int squared, int function, int slope) implements Launch {
        @Override
        public void addTo(TaskGraph graph, String task, Arrays arrays) {
            IntArray table = IntArray.fromArray(fields);
            addTables(graph, table);
            graph.task(
                    task,
                    MatrixKernels::product,
                    arrays.context,
                    arrays.inputs,
                    arrays.memory,
                    table,
                    squared,
                    function,
                    slope);
        }

        @Override
        public WorkerGrid grid(int maxRows) {
            int fixedRows = fields[MatrixKernels.FIXED_ROWS];
            int rows = fixedRows > 0 ? fixedRows : maxRows * fields[MatrixKernels.PER_SAMPLE];
            int columns = fields[MatrixKernels.COLUMNS];
            return Launch.tiled(tiles(rows), tiles(columns));
        }
    }

    /**
     * {@link MatrixKernels#transposed}.
     *
     * @param fields as it has them
     */
    record Transposed(int[] fields) implements Launch {
        @Override
        public void addTo(TaskGraph graph, String task, Arrays arrays) {
            IntArray table = IntArray.fromArray(fields);
            addTables(graph, table);
            graph.task(
                    task,
                    MatrixKernels::transposed,
                    arrays.context,
                    arrays.inputs,
                    arrays.memory,
                    table);
        }

        @Override
        public WorkerGrid grid(int maxRows) {
            int groups = tiles(fields[MatrixKernels.HEIGHT]) * fields[MatrixKernels.SPLITS];
            return Launch.tiled(groups, tiles(fields[MatrixKernels.WIDTH]));
        }
    }

    /** The rows of a table of {@link TableKernels}; more are added while a program is laid out. */
    abstract sealed class Table implements Launch {
        private final List<int[]> works = new ArrayList<>();
        private final List<Integer> groups = new ArrayList<>();
        private final List<float[]> numbers = new ArrayList<>();

        /**
         * Adds a work.
         *
         * @param parts groups that do it
         */
        void add(int[] fields, int parts, float... constants) {
            for (int part = 0; part < parts; part++) {
                groups.add(works.size());
                groups.add(part);
            }
            works.add(fields);
            numbers.add(constants);
        }

        @Override
        public void addTo(TaskGraph graph, String task, Arrays arrays) {
            IntArray workTable = IntArray.fromArray(joined(works));
            IntArray groupTable =
                    IntArray.fromArray(groups.stream().mapToInt(Integer::intValue).toArray());
            int perWork = numbers.getFirst().length;
            FloatArray numberTable = new FloatArray(perWork * numbers.size());
            for (int i = 0; i < numberTable.getSize(); i++) {
                numberTable.set(i, numbers.get(i / perWork)[i % perWork]);
            }
            addTables(graph, workTable, groupTable, numberTable);
            addTo(graph, task, arrays, workTable, groupTable, numberTable);
        }

        private static int[] joined(List<int[]> works) {
            return works.stream().flatMapToInt(java.util.Arrays::stream).toArray();
        }

        abstract void addTo(
                TaskGraph graph,
                String task,
                Arrays arrays,
                IntArray works,
                IntArray groups,
                FloatArray numbers);

        @Override
        public WorkerGrid grid(int maxRows) {
            return Launch.grid(groups.size() / 2, TableKernels.LANES);
        }
    }

    /** {@link TableKernels#sums}. */
    final class Sums extends Table {
        @Override
        void addTo(
                TaskGraph graph,
                String task,
                Arrays arrays,
                IntArray works,
                IntArray groups,
                FloatArray numbers) {
            graph.task(
                    task,
                    TableKernels::sums,
                    arrays.context,
                    arrays.inputs,
                    arrays.memory,
                    works,
                    groups,
                    numbers);
        }
    }

    /** {@link TableKernels#optimise}. */
    final class Steps extends Table {
        @Override
        void addTo(
                TaskGraph graph,
                String task,
                Arrays arrays,
                IntArray works,
                IntArray groups,
                FloatArray numbers) {
            graph.task(
                    task,
                    TableKernels::optimise,
                    arrays.context,
                    arrays.inputs,
                    arrays.memory,
                    works,
                    groups,
                    numbers);
        }
    }
}
