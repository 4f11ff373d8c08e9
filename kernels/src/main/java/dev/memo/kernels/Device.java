package dev.memo.kernels;

/**
 * Something that runs programs. A device belongs to one thread at a time, and so does what it
 * makes; nothing that it made may be used after it is closed.
 */
public interface Device extends AutoCloseable {
    /** What it is, for logs: "jvm, 512 bits, 2 threads". */
    String name();

    /**
     * Makes the parameters of some programs, initialised; programs share parameters by name.
     *
     * @param seed of the initialisers
     * @throws IllegalArgumentException if two programs give one name different shapes
     */
    Parameters parameters(long seed, Program... programs);

    /**
     * Plans every buffer of a program.
     *
     * @param maxRows the most rows that a run may have, at least 1
     * @param parameters made by this device for this program, alone or with others
     */
    Executable compile(Program program, int maxRows, Parameters parameters);

    @Override
    void close();
}
