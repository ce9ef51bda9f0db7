package io.stead.agent.program;

import io.stead.agent.output.Tail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script's first line, looked at once it could not be executed: the kernel says only that something is not there. */
public final class Shebang {
    /** What the kernel looks at. */
    private static final int LONGEST = 256;
    /** As the kernel reads it: a carriage return is a part of the name. */
    private static final Pattern FORM = Pattern.compile("#![ \\t]*([^ \\t\\n\\x00]+)");

    private Shebang() {}

    /** What is wrong with the interpreter that the script names; empty where it names none, or one that can be run. */
    public static Optional<Refusal> flaw(Path script) {
        try (InputStream bytes = Files.newInputStream(script)) {
            String begin = new String(bytes.readNBytes(LONGEST), StandardCharsets.UTF_8);
            Matcher line = FORM.matcher(begin);
            if (!line.lookingAt()) {
                return Optional.empty();
            }
            String name = line.group(1);
            Path interpreter = Path.of("/").resolve(name);
            return Files.isExecutable(interpreter) && !Files.isDirectory(interpreter)
                    ? Optional.empty()
                    : Optional.of(new Refusal.NoInterpreter(script.toString(), Tail.escaped(name)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // not there any more, or no name: then nobody can say more
        }
    }
}
