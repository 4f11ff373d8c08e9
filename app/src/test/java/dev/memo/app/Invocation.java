package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.learner.checkpoint.ConfigJson;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * One call of the command line within this JVM.
 *
 * @param code the exit code
 * @param out what went to standard output
 * @param err what went to standard error
 */
record Invocation(int code, String out, String err) {
    static Invocation of(String... args) {
        return of(null, args);
    }

    /** A call of a person who types these lines and then no more. */
    static Invocation answering(String lines, String... args) {
        return of(null, lines, () -> false, args);
    }

    /** A call where one more command exists. */
    static Invocation of(Object command, String... args) {
        return of(command, "", () -> false, args);
    }

    /** A call that a person stops. */
    static Invocation stopped(BooleanSupplier stop, String... args) {
        return of(null, "", stop, args);
    }

    private static Invocation of(
            Object command, String lines, BooleanSupplier stop, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandLine line = commandLine(lines, out, err, stop);
        if (command != null) {
            line.addSubcommand(command);
            // Setting them hands them down to the new command.
            line.setOut(line.getOut()).setErr(line.getErr());
        }
        int code = Main.run(line, args);
        return new Invocation(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static CommandLine commandLine() {
        return commandLine(
                "", new ByteArrayOutputStream(), new ByteArrayOutputStream(), () -> false);
    }

    private static CommandLine commandLine(
            String lines,
            ByteArrayOutputStream out,
            ByteArrayOutputStream err,
            BooleanSupplier stop) {
        return new Main(
                        new Shell(
                                new BufferedReader(new StringReader(lines)),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                false,
                                stop))
                .commandLine();
    }

    /** Whether a command does something itself, and is not only the parent of others. */
    static boolean worksItself(List<String> command) {
        CommandLine line = commandLine();
        for (String name : command) {
            line = line.getSubcommands().get(name);
        }
        return line.getSubcommands().isEmpty();
    }

    /** Holds the help of a command that learns against what it does unless told otherwise. */
    static void assertHelpNamesDefaults(
            Record config, Stream<? extends Enum<?>> kinds, String... command) {
        String help =
                of(Stream.concat(Stream.of(command), Stream.of("--help")).toArray(String[]::new))
                        .out()
                        .replaceAll("\\s+", " ");
        ConfigJson.of(config)
                .properties()
                .forEach(
                        component -> {
                            String flag = component.getKey().replace('_', '-');
                            String value =
                                    component.getValue().toString().replaceAll("[\\[\\]\"]", "");
                            assertThat(help)
                                    .containsPattern(
                                            "[-\\]]%s\\b[^;]*; default %s".formatted(flag, value));
                        });
        kinds.forEach(kind -> assertThat(help).contains(kind.name().toLowerCase(Locale.ROOT)));
    }
}
