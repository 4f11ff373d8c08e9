package dev.memo.kernels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CategoricalGoldenTest {
    static List<Golden> projections() {
        return Golden.cases("critic.json", "project");
    }

    static List<Golden> losses() {
        return Golden.cases("critic.json", "categorical");
    }

    private static Node project(Golden golden, Program.Builder builder, Node mixture) {
        return Categorical.project(
                mixture,
                golden.rows(builder, "reward"),
                golden.rows(builder, "discount"),
                golden.setting("low").asDouble(),
                golden.setting("high").asDouble());
    }

    @ParameterizedTest
    @MethodSource("projections")
    void projectsOntoTheAtoms(Golden golden) {
        Program.Builder builder = Program.builder("projection");
        builder.output("target", project(golden, builder, golden.rows(builder, "mixture")));
        golden.check(builder.build(), golden.shape("mixture")[0]);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void hasPyTorchsDistributionalLoss(Golden golden) {
        Program.Builder builder = Program.builder("critic");
        int actions = golden.shape("next_logits")[1];
        Node mixture = golden.rows(builder, "next_logits").split(actions).softmax().groupMean();
        Node target = project(golden, builder, mixture);
        Node logits = golden.rows(builder, "logits");
        Node rowLoss = Categorical.crossEntropy(target, logits);
        double low = golden.setting("low").asDouble();
        double high = golden.setting("high").asDouble();
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("mixture", mixture);
        outputs.put("target", target);
        outputs.put("row_loss", rowLoss);
        outputs.put("loss", rowLoss.mean());
        outputs.put("q", Categorical.mean(logits.softmax(), low, high));
        outputs.forEach(builder::output);
        Map<String, Node> leaves = Map.of("logits", logits);
        outputs.forEach((name, node) -> golden.gradients(builder, name, node, leaves));
        golden.check(builder.build(), golden.shape("logits")[0]);
    }
}
