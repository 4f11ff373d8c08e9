package dev.memo.app;

import dev.memo.app.Demonstration.Size;
import dev.memo.app.report.Report;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.expert.Expert;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: data by several experts, their behaviours found, one policy steered to each. */
@Command(
        name = "demo",
        description = "From experts' data to a policy that a person steers, and a report.",
        footerHeading = "%nExample:%n",
        footer = "  memo demo")
final class DemoCommand implements Runnable {
    @Mixin private CommonOptions common;

    @Option(
            names = "--expert",
            paramLabel = "NAME=RUN",
            description =
                    "Instead of the scripted expert of that name, what PPO learned in the scenario"
                            + " open; may be given several times.")
    private Map<String, String> learned = Map.of();

    @Override
    public void run() {
        common.refuse(
                "--expert",
                common.resume() && !learned.isEmpty(),
                "with --resume the demonstration's own");
        Path out = common.out(common.resume() ? Path.of("runs", "demo") : firstFree());
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Demonstration demonstration =
                    common.resume()
                            ? Demonstration.open(
                                    out, common.givenSeed(), Size.FULL, common.commandLine())
                            : Demonstration.create(
                                    out,
                                    common.seed(),
                                    experts(device),
                                    Size.FULL,
                                    common.commandLine());
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            Optional<Evaluation> evaluation = learn(demonstration, laboratory);
            if (evaluation.isEmpty()) {
                common.say(
                        "Stopped. Go on with: ./memo demo --resume --out "
                                + CommonOptions.quoted(out.toString()));
                return;
            }
            Path page = out.resolve("report.html");
            Report.write(out, page);
            Verdict.lines(evaluation.get()).forEach(common::say);
            common.say("The report: " + page.toAbsolutePath());
            common.figures(evaluation.get().summary());
        }
    }

    /** Everything up to the report; empty if a person stopped it. */
    private static Optional<Evaluation> learn(Demonstration demonstration, Laboratory laboratory) {
        try {
            Optional<Evaluation> evaluation = demonstration.run(laboratory);
            if (evaluation.isPresent()) {
                new Survey(laboratory, demonstration.learned(laboratory.device())).make();
            }
            return evaluation;
        } catch (CancellationException _) {
            return Optional.empty();
        }
    }

    /** The demonstration's experts, those that learned in the place of scripted ones. */
    private List<String> experts(Device device) {
        for (Map.Entry<String, String> one : learned.entrySet()) {
            if (!Demonstration.EXPERTS.contains(one.getKey())) {
                throw common.wrong(
                        "--expert %s=%s: the name must be one of %s"
                                .formatted(
                                        one.getKey(),
                                        one.getValue(),
                                        String.join(", ", Demonstration.EXPERTS)));
            }
        }
        List<String> experts = new ArrayList<>();
        for (String name : Demonstration.EXPERTS) {
            String run = learned.get(name);
            Expert expert = Experts.named(run == null ? name : name + "=" + run, device);
            Demonstration.requireCanAct(expert);
            experts.add(expert.label());
        }
        return experts;
    }

    /** runs/demo, or the first of runs/demo-2, runs/demo-3, ... that is free. */
    private static Path firstFree() {
        Path folder = Path.of("runs", "demo");
        for (int i = 2; Files.exists(folder); i++) {
            folder = Path.of("runs", "demo-" + i);
        }
        return folder;
    }
}
