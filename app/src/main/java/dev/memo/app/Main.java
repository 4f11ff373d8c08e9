package dev.memo.app;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code memo} command. Exit codes: 0, 1 for a failed run, 2 for a wrong command line, 130 for
 * a run that a person stopped.
 */
@Command(
        name = "memo",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpWidth = 100,
        subcommands = {
            DemoCommand.class,
            CollectCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            CalibrateCommand.class,
            CardsCommand.class,
            ReportCommand.class,
            ExportCommand.class,
            RolloutCommand.class,
            RecordCommand.class,
            ReproduceCommand.class,
            ReplayCommand.class,
            WatchCommand.class,
            RenderCommand.class,
            SteerCommand.class,
            SwitchesCommand.class,
            ControlCommand.class,
            GeneraliseCommand.class,
            NoveltyCommand.class,
            PreferCommand.class,
            ScenarioCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            VerifyCommand.class
        })
public final class Main implements Runnable {
    private final Shell shell;

    @Spec private CommandSpec spec;

    Main(Shell shell) {
        this.shell = shell;
    }

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        // Names of folders and figures are the same everywhere.
        Locale.setDefault(Locale.ROOT);
        JvmLog log =
                JvmLog.open(
                        System.getProperty("memo.jvm.log"), Integer.getInteger("memo.stderr", 0));
        Interrupt interrupt = new Interrupt(System.err, log::delete);
        interrupt.install();
        Shell shell =
                new Shell(
                        new BufferedReader(new InputStreamReader(System.in)),
                        System.out,
                        System.err,
                        Boolean.getBoolean("memo.tty"),
                        interrupt::requested);
        int code = run(new Main(shell).commandLine(), args);
        if (code == Failures.FAILED) {
            log.show(System.err);
        }
        log.delete();
        System.exit(interrupt.requested() ? Interrupt.EXIT_CODE : code);
    }

    /** The parser with all commands. */
    CommandLine commandLine() {
        CommandLine line = new CommandLine(this);
        line.setOut(new PrintWriter(shell.out(), true));
        line.setErr(new PrintWriter(shell.err(), true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    /** Runs one command and returns its exit code. */
    static int run(CommandLine line, String... args) {
        Shell shell = line.<Main>getCommand().shell;
        boolean verbose = List.of(args).contains("--verbose");
        line.setParameterExceptionHandler(Failures::refused);
        line.setExecutionExceptionHandler(
                (e, _, _) -> {
                    shell.leaveBar();
                    return Failures.failed(e, line.getErr(), verbose);
                });
        try {
            return line.execute(args);
        } catch (Error e) {
            // picocli hands only exceptions to the handler above.
            shell.leaveBar();
            return Failures.failed(e, line.getErr(), verbose);
        }
    }

    Shell shell() {
        return shell;
    }

    @Override
    public void run() {
        List<CommandSpec> commands = new ArrayList<>();
        collectCommands(spec, commands);
        int width = commands.stream().mapToInt(c -> example(c).length()).max().orElse(0);
        PrintStream out = shell.out();
        out.println("MEMO finds the behaviours in data made by many experts, without labels, and");
        out.println("learns one policy that a person steers to each of them.");
        out.println();
        for (CommandSpec command : commands) {
            String meaning = String.join(" ", command.usageMessage().description());
            out.println(("  %-" + width + "s  %s").formatted(example(command), meaning));
        }
        out.println(
                ("  %-" + width + "s  %s").formatted("memo test", "Runs all tests of the source."));
        out.println();
        out.println("Every command says more with --help, e.g. memo report --help.");
    }

    /** The commands that do something themselves, in their order. */
    private static void collectCommands(CommandSpec parent, List<CommandSpec> into) {
        for (CommandLine line : parent.subcommands().values()) {
            CommandSpec command = line.getCommandSpec();
            if (command.subcommands().isEmpty()) {
                into.add(command);
            }
            collectCommands(command, into);
        }
    }

    private static String example(CommandSpec command) {
        return command.usageMessage().footer()[0].strip();
    }
}
