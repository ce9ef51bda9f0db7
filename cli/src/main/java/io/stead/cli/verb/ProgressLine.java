package io.stead.cli.verb;

import io.stead.cli.render.Table;
import io.stead.cli.shell.Shell;
import io.stead.model.Now;
import io.stead.model.Text;
import java.time.Duration;

/**
 * What is waited for, on stderr, said again only when it has changed: one line rewritten in place on a terminal, elsewhere a
 * line at most every few seconds.
 */
final class ProgressLine implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final String CLEAR = "\r\u001b[K";

    private final Shell shell;
    private Now last;
    private String shown = "";

    ProgressLine(Shell shell) {
        this.shell = shell;
        this.last = shell.now();
    }

    void show(String sentence) {
        String text = Text.escaped(sentence);
        if (text.equals(shown)) {
            return;
        }
        if (shell.errIsTerminal()) {
            print(CLEAR + (text.length() < Table.WIDTH ? text : text.substring(0, Table.WIDTH - 1) + "…"));
            shown = text;
        } else if (shell.now().since(last.nanos()).compareTo(PERIOD) >= 0) {
            print("stead: waiting: " + text + "\n");
            last = shell.now();
            shown = text;
        }
    }

    @Override
    public void close() {
        if (shell.errIsTerminal() && !shown.isEmpty()) {
            print(CLEAR);
        }
    }

    private void print(String text) {
        shell.err().print(text);
        shell.err().flush();
    }
}
