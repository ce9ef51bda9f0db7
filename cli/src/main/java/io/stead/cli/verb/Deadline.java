package io.stead.cli.verb;

import io.stead.cli.shell.CommonOptions;
import io.stead.cli.shell.Shell;
import io.stead.model.Now;
import java.time.Duration;

/** How long a verb may still take. Its options are known only once it runs, so they are asked each time. */
public final class Deadline {
    private final Shell shell;
    private final CommonOptions common;
    private final Now start;

    Deadline(Shell shell, CommonOptions common) {
        this.shell = shell;
        this.common = common;
        this.start = shell.now();
    }

    /** Since the verb was called. */
    public Duration taken() {
        return shell.now().since(start.nanos());
    }

    /** Never negative. */
    public Duration left() {
        Duration left = common.timeout().minus(taken());
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean isOver() {
        return left().isZero();
    }

    /** The whole of it. */
    public Duration span() {
        return common.timeout();
    }
}
