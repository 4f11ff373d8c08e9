package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.ThreadTeam;
import org.junit.jupiter.api.Test;

class AllocationsTest {
    private static final int BYTES = 1 << 20;

    @Test
    void countsWhatEveryThreadOfTheTeamAllocatesAndNothingElse() {
        byte[][] made = new byte[3][];
        try (ThreadTeam team = new ThreadTeam(made.length)) {
            ThreadTeam.Task allocates = (chunk, _) -> made[chunk] = new byte[BYTES];
            ThreadTeam.Task overwrites = (chunk, _) -> made[chunk][0]++;
            Allocations allocations = new Allocations(team);
            team.run(made.length, allocates);
            team.run(made.length, overwrites);

            long before = allocations.bytes();
            team.run(made.length, allocates);
            long three = allocations.bytes() - before;
            assertThat(three).isBetween(3L * BYTES, 3L * BYTES + 10_000);

            before = allocations.bytes();
            team.run(made.length, overwrites);
            assertThat(allocations.bytes() - before).isLessThan(10_000);
        }
    }
}
