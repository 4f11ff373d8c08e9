package dev.memo.sim.env;

import dev.memo.base.ThreadTeam;

// begin contract
class LineEnvTest extends VectorEnvContract {
    @Override
    protected VectorEnv create(int envs, Autoreset autoreset, ThreadTeam team) {
        return new LineEnv(envs, autoreset);
    }
}
// end contract
