package dev.memo.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dependencies point one way. */
class ArchitectureTest {
    /** Packages of the learner that hold one algorithm each. */
    private static final String[] ALGORITHMS = {
        "dev.memo.learner.memo..", "dev.memo.learner.ppo..", "dev.memo.learner.baseline.."
    };

    private static JavaClasses memo;

    @BeforeAll
    static void importClasses() {
        memo =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.memo");
    }

    @Test
    void seesTheClassesThatItJudges() {
        assertThat(memo.contain(Main.class)).isTrue();
        assertThat(memo.stream().map(JavaClass::getPackageName))
                .contains(
                        "dev.memo.base", "dev.memo.sim.world", "dev.memo.sim.env", "dev.memo.app");
    }

    @Test
    void aBrokenRuleIsSeen() {
        ArchRule wrong =
                noClasses()
                        .that()
                        .resideInAPackage("dev.memo.sim.world..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.jbox2d..");
        assertThatThrownBy(() -> wrong.check(memo)).isInstanceOf(AssertionError.class);
    }

    @Test
    void onlyTheWorldKnowsJBox2D() {
        onlyIn("dev.memo.sim.world..", "org.jbox2d..").check(memo);
    }

    @Test
    void onlyTheRendererKnowsLwjgl() {
        onlyIn("dev.memo.render..", "org.lwjgl..").check(memo);
    }

    @Test
    void onlyItsDeviceKnowsTornadoVm() {
        onlyIn("dev.memo.kernels.tornado..", "uk.ac.manchester.tornado..").check(memo);
    }

    @Test
    void baseKnowsNothingOfOurs() {
        DescribedPredicate<JavaClass> ours =
                resideInAPackage("dev.memo..")
                        .and(DescribedPredicate.not(resideInAPackage("dev.memo.base..")));
        noClasses()
                .that()
                .resideInAPackage("dev.memo.base..")
                .should()
                .dependOnClassesThat(ours)
                .check(memo);
    }

    @Test
    void kernelsAndSimAreStrangers() {
        strangers("dev.memo.kernels..", "dev.memo.sim..");
        strangers("dev.memo.sim..", "dev.memo.kernels..");
    }

    @Test
    void simAndKernelsKnowNoLearner() {
        strangers("dev.memo.sim..", "dev.memo.learner..");
        strangers("dev.memo.kernels..", "dev.memo.learner..");
    }

    @Test
    void nothingButTheApplicationKnowsTheApplication() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.memo.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.memo.app..")
                .check(memo);
    }

    @Test
    void theLearnerSeesOfTheWorldOnlyWhatIsMeantForIt() {
        DescribedPredicate<JavaClass> hidden =
                resideInAPackage("dev.memo.sim..")
                        .and(
                                DescribedPredicate.not(
                                        resideInAnyPackage(
                                                "dev.memo.sim.env..",
                                                "dev.memo.sim.scenario..",
                                                "dev.memo.sim.recording..")));
        noClasses()
                .that()
                .resideInAPackage("dev.memo.learner..")
                .should()
                .dependOnClassesThat(hidden)
                .allowEmptyShould(true)
                .check(memo);
    }

    @Test
    void noLearnerSeesWhoActed() {
        noClasses()
                .that()
                .resideInAnyPackage(ALGORITHMS)
                .and()
                .haveSimpleNameNotEndingWith("Evaluation")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("ExpertLabels")
                .check(memo);
    }

    @Test
    void noDescriptionOfAModeSeesWhoActed() {
        noClasses()
                .that()
                .resideInAPackage("dev.memo.learner.explanation..")
                .or()
                .haveSimpleNameStartingWith("ModeDescriber")
                .or()
                .haveSimpleNameStartingWith("Cards")
                .or()
                .haveSimpleNameStartingWith("ModeCards")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameContaining("Expert")
                .orShould()
                .callMethod(LearnedRun.class, "labels")
                .orShould()
                .callMethod(LearnedRun.class, "expertNames")
                .check(memo);
    }

    @Test
    void algorithmsAreStrangers() {
        for (String one : ALGORITHMS) {
            for (String other : ALGORITHMS) {
                if (!one.equals(other)) {
                    strangers(one, other);
                }
            }
        }
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.memo.(**)").should().beFreeOfCycles().check(memo);
    }

    @Test
    void onlyTheApplicationPrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.memo.app..")
                .should(ACCESS_STANDARD_STREAMS)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(memo);
    }

    private static ArchRule onlyIn(String home, String guest) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(guest);
    }

    private static void strangers(String one, String other) {
        noClasses()
                .that()
                .resideInAPackage(one)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(other)
                .allowEmptyShould(true)
                .check(memo);
    }
}
