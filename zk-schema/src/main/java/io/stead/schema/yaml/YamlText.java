package io.stead.schema.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Splits a text into its documents. YAML 1.2, and so JSON too; {@code yes} and {@code on} are words. Aliases are
 * followed, at most fifty to lists and maps; merge keys are not.
 */
public final class YamlText {
    /** The longest text, in characters. */
    public static final int LONGEST = 1 << 20;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(LONGEST)
            .setMaxAliasesForCollections(50)
            .setAllowNonScalarKeys(true)
            .setSchema(new WithoutMerging())
            .build();

    private YamlText() {}

    /** The documents that could be read, empty ones left out; what comes after an error of syntax is lost, and it is said. */
    public static List<YamlValue> documents(String text, Problems problems) {
        List<YamlValue> documents = new ArrayList<>();
        if (text.length() > LONGEST) {
            problems.add(Place.START, "", "too long: use at most 1 MiB a file");
            return documents;
        }
        try {
            Composer nodes = new Composer(
                    SETTINGS, new BoundedParser(new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text))));
            while (nodes.hasNext()) {
                YamlValue document = new YamlValue(nodes.next(), "", problems);
                if (!document.isNothing()) {
                    documents.add(document);
                }
            }
        } catch (MarkedYamlEngineException e) {
            problems.add(Place.of(e.getProblemMark().or(e::getContextMark)), "", "not YAML: " + said(e));
        } catch (ReaderException e) {
            String character = "U+%04X".formatted(e.getCodePoint());
            problems.add(
                    placeOf(text, e.getPosition()), "", "not YAML: the character " + character + " is not allowed");
        } catch (YamlEngineException e) {
            problems.add(
                    Place.START,
                    "",
                    "not YAML: " + Optional.ofNullable(e.getMessage()).orElse("unreadable"));
        }
        return documents;
    }

    private static String said(MarkedYamlEngineException e) {
        String context = Optional.ofNullable(e.getContext()).orElse("");
        String problem = Optional.ofNullable(e.getProblem()).orElse("");
        String joined = context + (context.isEmpty() || problem.isEmpty() ? "" : ", ") + problem;
        return joined.replaceAll("\\s+", " ");
    }

    private static Place placeOf(String text, int codePoints) {
        int end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        String before = text.substring(0, end);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Place(line, end - before.lastIndexOf('\n'));
    }

    /** A merge key copies what it names, and names may be nested: a few lines could grow without bound. */
    private static final class WithoutMerging extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(false);
        }
    }
}
