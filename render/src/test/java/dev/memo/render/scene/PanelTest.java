package dev.memo.render.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanelTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 64, 100, 1_000, 4_096})
    void cellsFillThePanelAndNeverOverlap(int count) {
        Panel panel = new Panel(10, 30, 1270, 690);
        List<Panel> cells = panel.cells(count, 4);
        assertThat(cells).hasSize(count);
        double right = cells.stream().mapToDouble(Panel::right).max().orElseThrow();
        double bottom = cells.stream().mapToDouble(Panel::bottom).max().orElseThrow();
        assertThat(right).isEqualTo(panel.right(), ROUNDING);
        assertThat(bottom).isEqualTo(panel.bottom(), ROUNDING);
        for (int i = 1; i < count; i++) {
            Panel before = cells.get(i - 1);
            Panel cell = cells.get(i);
            boolean sameRow = cell.top() == before.top();
            assertThat(sameRow ? cell.left() - before.right() : cell.top() - before.bottom())
                    .isEqualTo(4, ROUNDING);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 9, 64})
    void cellsOfASquareAreSquares(int count) {
        Panel cell = new Panel(0, 0, 600, 600).cells(count, 0).getFirst();
        assertThat(cell.width()).isEqualTo(cell.height(), ROUNDING);
    }
}
