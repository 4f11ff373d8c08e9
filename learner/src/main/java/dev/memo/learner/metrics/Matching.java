package dev.memo.learner.metrics;

import java.util.Arrays;

/** Pairs the rows of a table with its columns so that the sum of the pairs' scores is largest. */
public final class Matching {
    private Matching() {}

    /**
     * The best matching, by the Hungarian method with potentials in O(M^2 K).
     *
     * <p>Source: Kuhn 1955; the shortest augmenting paths of Jonker and Volgenant 1987.
     *
     * @param score [M][K], finite
     * @return [M] each row's column, or -1 for rows that are left over where M > K
     */
    public static int[] best(double[][] score) {
        int rows = score.length;
        int columns = score[0].length;
        if (rows <= columns) {
            return assign(score, rows, columns);
        }
        double[][] transposed = new double[columns][rows];
        for (int k = 0; k < columns; k++) {
            for (int m = 0; m < rows; m++) {
                transposed[k][m] = score[m][k];
            }
        }
        int[] rowOfColumn = assign(transposed, columns, rows);
        int[] columnOfRow = new int[rows];
        Arrays.fill(columnOfRow, -1);
        for (int k = 0; k < columns; k++) {
            columnOfRow[rowOfColumn[k]] = k;
        }
        return columnOfRow;
    }

    /** Adds row after row along the path of least cost; column 0 and row 0 stand for none. */
    private static int[] assign(double[][] score, int rows, int columns) {
        double[] ofRow = new double[rows + 1];
        double[] ofColumn = new double[columns + 1];
        int[] owner = new int[columns + 1];
        for (int row = 1; row <= rows; row++) {
            double[] slack = new double[columns + 1];
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            boolean[] visited = new boolean[columns + 1];
            int[] previous = new int[columns + 1];
            owner[0] = row;
            int column = 0;
            while (owner[column] != 0) {
                visited[column] = true;
                int next = 0;
                double least = Double.POSITIVE_INFINITY;
                for (int k = 1; k <= columns; k++) {
                    if (visited[k]) {
                        continue;
                    }
                    int m = owner[column];
                    double reduced = -score[m - 1][k - 1] - ofRow[m] - ofColumn[k];
                    if (reduced < slack[k]) {
                        slack[k] = reduced;
                        previous[k] = column;
                    }
                    if (slack[k] < least) {
                        least = slack[k];
                        next = k;
                    }
                }
                for (int k = 0; k <= columns; k++) {
                    if (visited[k]) {
                        ofRow[owner[k]] += least;
                        ofColumn[k] -= least;
                    } else {
                        slack[k] -= least;
                    }
                }
                column = next;
            }
            for (; column != 0; column = previous[column]) {
                owner[column] = owner[previous[column]];
            }
        }
        int[] columnOfRow = new int[rows];
        for (int k = 1; k <= columns; k++) {
            if (owner[k] != 0) {
                columnOfRow[owner[k] - 1] = k - 1;
            }
        }
        return columnOfRow;
    }
}
