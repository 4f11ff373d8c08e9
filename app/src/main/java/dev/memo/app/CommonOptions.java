package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The flags that every command has, and what follows from them: where a command speaks and how it
 * shows its progress.
 */
final class CommonOptions {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "All random numbers follow from it; default 0.")
    private Long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = AtLeastOne.class,
            description = "Threads that compute; default all cores. Results do not depend on it.")
    private Integer threads;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = Devices.JVM,
            converter = Devices.Name.class,
            description =
                    "Where networks are computed: jvm, or with TornadoVM tornado, or tornado:0:1 for"
                            + " backend and device; default jvm.")
    private String device;

    @Option(
            names = "--check-numerics",
            description =
                    "End with an error that names the operation as soon as a network computes a"
                            + " number that is not finite; slower.")
    private boolean checkNumerics;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            converter = HeapSize.class,
            description = "Heap of the JVM, e.g. 2g or 800m; default 2g.")
    private String heap;

    @Option(names = "--out", paramLabel = "PATH", description = "Where results go.")
    private Path out;

    @Option(names = "--resume", description = "Go on where a run that was stopped had saved.")
    private boolean resume;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Option(names = "--verbose", description = "With an error, show where it happened.")
    private boolean verbose;

    @Option(names = "--json", description = "JSON lines on standard output and nothing else there.")
    private boolean json;

    long seed() {
        return givenSeed().orElse(0L);
    }

    /** The seed that a person gave, else that of who acts. */
    long seed(Actors actors) {
        return givenSeed().orElseGet(actors::seed);
    }

    /** The seed, if the person gave one. */
    Optional<Long> givenSeed() {
        return Optional.ofNullable(seed);
    }

    /** Opens the device that was asked for. */
    Device device(ThreadTeam team) {
        return device(device, team);
    }

    /** Opens another device as this one would be opened. */
    Device device(String name, ThreadTeam team) {
        return Devices.open(name, team, checkNumerics);
    }

    /** What a person types to run the command again. */
    String commandLine() {
        ParseResult parsed = command.root().commandLine().getParseResult();
        return parsed.originalArgs().stream()
                .map(CommonOptions::quoted)
                .collect(Collectors.joining(" ", "./memo ", ""));
    }

    /** A word as a person types it for a shell. */
    static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A command line that breaks a rule; the message names flag, value and rule. */
    ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /**
     * Refuses a flag that every command has but that means nothing to this one.
     *
     * @param given whether it was given
     * @param why it means nothing, and what to do instead
     */
    void refuse(String flag, boolean given, String why) {
        if (given) {
            throw wrong(flag + ": " + why);
        }
    }

    /** Makes something of flags alone: what is refused then is the command line. */
    <T> T fromFlags(Supplier<T> making) {
        try {
            return making.get();
        } catch (InputException e) {
            throw wrong(e.getMessage());
        }
    }

    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** Where results go: what the person said, else the command's own place. */
    Path out(Path otherwise) {
        return out == null ? otherwise : out;
    }

    boolean resume() {
        return resume;
    }

    /** Says something to a person; silent with {@code --json}. */
    void say(String text) {
        if (!json) {
            shell().out().println(text);
        }
    }

    /** Tells a person of something that went another way than asked; also with {@code --json}. */
    void warn(String text) {
        shell().err().println("memo: " + text);
    }

    /**
     * Gives figures to a program: one JSON line with {@code --json}, else nothing.
     *
     * @param figures a record or a map; names of components come out in snake_case
     */
    void figures(Object figures) {
        if (json) {
            shell().out().println(JSON.writeValueAsString(figures));
        }
    }

    /**
     * Asks a person and waits for a line; silent with {@code --json}, where a program answers.
     *
     * @return what was typed; empty at the end of the input, or where a person asks to stop
     */
    Optional<String> ask(String question) {
        if (!json) {
            shell().out().print(question + " ");
            shell().out().flush();
        }
        return shell().line();
    }

    /** How the command's work shows how far it is. */
    Progress progress() {
        return shell().progress(quiet);
    }

    private Shell shell() {
        return ((Main) command.root().userObject()).shell();
    }

    /** A whole number. */
    static final class WholeNumber implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            try {
                return Long.parseLong(value);
            } catch (NumberFormatException _) {
                throw new TypeConversionException(value + ": must be a whole number");
            }
        }
    }

    /** A count of something that must be there. */
    static final class AtLeastOne implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                int number = Integer.parseInt(value);
                if (number >= 1) {
                    return number;
                }
            } catch (NumberFormatException _) {
                // Refused below, like a number that is too small.
            }
            throw new TypeConversionException(value + ": must be a whole number from 1 on");
        }
    }

    /** A size as the JVM's -Xmx takes it; the launcher has passed it on before we run. */
    static final class HeapSize implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!value.matches("[1-9][0-9]*[kmgKMG]")) {
                throw new TypeConversionException(
                        value + ": must be a whole number followed by k, m or g");
            }
            return value;
        }
    }
}
