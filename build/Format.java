import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds every Java source of the project to one format: {@code check} names the files that differ and fails,
 * {@code write} rewrites them.
 *
 * <p>A program of its own, run in the project's JDK, because the formatter uses that JDK's parser: inside a Maven that
 * runs on an older JDK it could not read the sources.
 */
final class Format {

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean write = args[0].equals("write");
        Path root = Path.of(args[1]);
        List<Path> unformatted;
        try (Stream<Path> files = Files.walk(root)) {
            unformatted = files.filter(Format::isOurSource)
                    .parallel()
                    .filter(file -> differs(file, write))
                    .sorted()
                    .toList();
        }
        for (Path file : unformatted) {
            System.err.println((write ? "formatted " : "not formatted: ") + root.relativize(file));
        }
        if (!write && !unformatted.isEmpty()) {
            System.err.println("run bin/format and commit what it changes");
            System.exit(1);
        }
    }

    private static boolean isOurSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && !path.contains("/target/") && !path.contains("/.git/");
    }

    private static boolean differs(Path file, boolean write) {
        try {
            String source = Files.readString(file);
            String formatted = FORMATTER.formatSourceAndFixImports(source);
            if (formatted.equals(source)) {
                return false;
            }
            if (write) {
                Files.writeString(file, formatted);
            }
            return true;
        } catch (IOException | FormatterException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
