package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.memo.MemoModel;
import dev.memo.learner.memo.MemoRecognition;
import dev.memo.learner.memo.MemoRun;
import dev.memo.learner.ppo.PpoModel;
import dev.memo.learner.ppo.PpoRun;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.RandomPolicy;
import dev.memo.learner.rollout.Recognition;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.rollout.SwitchedPolicy;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Who acts, as a command line names them: the modes of a run, or experts as if they were modes. */
sealed interface Actors {
    /** The policy without a law. */
    String RANDOM = "random";

    /** Who follows it. */
    Expert RANDOM_EXPERT = new Expert(RANDOM, RANDOM, RandomPolicy::new);

    /** The names of the modes, for people; at least one. */
    List<String> names();

    /** The policy that begins in a mode, without noise. One is in use at a time. */
    SteeredPolicy policy(int mode);

    /**
     * What the run makes of behaviour; {@link Recognition#NONE} if no run of MEMO acts.
     *
     * @param watched how many of the first environments are watched
     * @throws InputException if the run learned from other environments
     */
    Recognition recognition(EnvSpec spec, int watched);

    /**
     * Where they act unless told otherwise: a run where it learned, experts in goal1.
     *
     * @throws InputException if the run's data do not tell
     */
    Scenario scenario();

    /** Of the run; 0 of experts. */
    long seed();

    /**
     * Refuses to choose a mode that is not there.
     *
     * @throws InputException naming it
     */
    void requireMode(int mode);

    /** Whether a text names somebody: it is as {@link #rule} says. */
    static boolean areNamed(String text) {
        return areExperts(text) || Files.isDirectory(Path.of(text));
    }

    /** What a text must be. */
    static String rule() {
        return "random, experts (%s, or NAME=RUN), or the folder of a run"
                .formatted(String.join(", ", ScriptedExpert.names()));
    }

    /** Whether a text names random or experts, with commas between them. */
    static boolean areExperts(String text) {
        return Arrays.stream(text.split(",", -1))
                .allMatch(
                        name ->
                                name.equals(RANDOM)
                                        || name.matches("[\\w-]+=.+")
                                        || ScriptedExpert.names().contains(name));
    }

    /**
     * Those that a text names.
     *
     * @param text random, experts as {@link Experts#named} with commas between them, or the folder
     *     of a run
     * @param team where experts act
     * @param device where runs act
     * @throws InputException if it names nobody, or a run that cannot be read
     */
    static Actors of(String text, ThreadTeam team, Device device) {
        if (!areNamed(text)) {
            throw new InputException(text + ": must be " + rule());
        }
        if (areExperts(text)) {
            return ofExperts(text, team, device);
        }
        RunFolder folder = RunFolder.open(Path.of(text));
        if (RunConfig.learner(folder).equals(PpoRunConfig.PPO)) {
            PpoRunConfig config = PpoRunConfig.readOne(folder);
            return new OfPpo(folder, config, PpoRun.load(folder, device));
        }
        RunConfig config = RunConfig.read(folder);
        return new OfMemo(folder, config, MemoRun.load(folder, device));
    }

    /** The names of a model's modes. */
    static List<String> modeNames(MemoModel model) {
        return IntStream.range(0, model.modes()).mapToObj(mode -> "mode " + mode).toList();
    }

    /**
     * The modes of a run, whatever its folder is called.
     *
     * @throws InputException if it is not a run's folder, or the run cannot be read
     */
    static Actors ofRun(Path run, ThreadTeam team, Device device) {
        // An absolute path is never the name of an expert.
        return of(RunFolder.open(run).path().toAbsolutePath().toString(), team, device);
    }

    private static Actors ofExperts(String text, ThreadTeam team, Device device) {
        List<Expert> experts =
                Arrays.stream(text.split(","))
                        .map(
                                name ->
                                        name.equals(RANDOM)
                                                ? RANDOM_EXPERT
                                                : Experts.named(name, device))
                        .toList();
        if (experts.stream().map(Expert::name).distinct().count() < experts.size()) {
            throw new InputException(text + ": each expert needs a name of its own");
        }
        return new OfExperts(experts, team);
    }

    /** Experts side by side. */
    record OfExperts(List<Expert> experts, ThreadTeam team) implements Actors {
        @Override
        public List<String> names() {
            return experts.stream().map(Expert::name).toList();
        }

        @Override
        public SteeredPolicy policy(int mode) {
            List<Policy> policies = experts.stream().map(one -> one.policy(0, team)).toList();
            return new SwitchedPolicy(policies, mode);
        }

        @Override
        public Recognition recognition(EnvSpec spec, int watched) {
            return Recognition.NONE;
        }

        @Override
        public Scenario scenario() {
            return Scenario.load("goal1");
        }

        @Override
        public long seed() {
            return 0;
        }

        @Override
        public void requireMode(int mode) {
            throw new InputException(
                    "--mode: only a run has modes, not " + String.join(",", names()));
        }
    }

    /** The one policy of a run of PPO. */
    record OfPpo(RunFolder folder, PpoRunConfig config, PpoModel model) implements Actors {
        @Override
        public List<String> names() {
            return List.of("policy");
        }

        @Override
        public SteeredPolicy policy(int mode) {
            return model.policy(false);
        }

        @Override
        public Recognition recognition(EnvSpec spec, int watched) {
            return Recognition.NONE;
        }

        @Override
        public Scenario scenario() {
            return config.scenario();
        }

        @Override
        public long seed() {
            return config.ppo().seed();
        }

        @Override
        public void requireMode(int mode) {
            throw new InputException(
                    "--mode: %s has no modes: PPO learned one policy".formatted(folder.path()));
        }
    }

    /** The modes of a run of MEMO. */
    record OfMemo(RunFolder folder, RunConfig config, MemoModel model) implements Actors {
        @Override
        public List<String> names() {
            return modeNames(model);
        }

        @Override
        public SteeredPolicy policy(int mode) {
            return model.steered(mode, false);
        }

        @Override
        public Recognition recognition(EnvSpec spec, int watched) {
            return new MemoRecognition(model, spec, watched);
        }

        @Override
        public Scenario scenario() {
            Path data = config.data();
            return Scenario.parse(
                    config.scenarioOfData()
                            .orElseThrow(
                                    () ->
                                            new InputException(
                                                    "%s: its data in %s tell no scenario: give one"
                                                            .formatted(folder.path(), data))),
                    data + "");
        }

        @Override
        public long seed() {
            return config.memo().seed();
        }

        @Override
        public void requireMode(int mode) {
            if (mode < 0 || mode >= model.modes()) {
                throw new InputException(
                        "--mode %d: the run has modes 0 to %d".formatted(mode, model.modes() - 1));
            }
        }
    }
}
