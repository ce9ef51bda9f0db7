package io.stead.cli.shell;

/** What a verb's end means to a script (design.md §7). */
public enum ExitCode {
    DONE(0),
    /** It was taken up and did not come to its end, or something else went wrong. */
    FAILED(1),
    USAGE(2),
    NOT_FOUND(3),
    /** The leader or the store said no, or somebody else was faster. */
    REFUSED(4),
    /** ZooKeeper is not reachable. */
    UNREACHABLE(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
