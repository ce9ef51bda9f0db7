package io.stead.cli.render;

import io.stead.cli.shell.OutputFormat;
import io.stead.cli.shell.Shell;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes results to the shell, in the format that was asked for. */
public final class Printer {
    /** What a terminal could take for a command is escaped with the rest that is not ASCII. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Printer() {}

    public static void print(Shown shown, OutputFormat format, Shell shell) {
        switch (format) {
            case TABLE -> {
                Page page = new Page(shell.colours());
                shown.on(page);
                page.lines().forEach(line -> shell.out().print(line + "\n"));
            }
            case JSON -> shell.out().print(json(plain(shown.tree()), true) + "\n");
            case YAML -> shell.out().print(yaml(shown.tree()));
        }
        shell.out().flush();
    }

    /** One line for each, so that what follows a stream can read it as it comes. */
    public static void line(Object tree, PrintWriter out) {
        out.print(json(tree) + "\n");
        out.flush();
    }

    public static String yaml(Object tree) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
                .setSchema(new CoreSchema())
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(plain(tree));
    }

    /** The tree with nothing in the place of what is empty. */
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Optional<?> maybe -> maybe.isPresent() ? plain(maybe.get()) : null;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                map.forEach((key, entry) -> plain.put(String.valueOf(key), plain(entry)));
                yield plain;
            }
            case List<?> list -> {
                List<@Nullable Object> plain = new ArrayList<>();
                list.forEach(entry -> plain.add(plain(entry)));
                yield plain;
            }
            default -> value;
        };
    }

    /** A tree of maps, lists, texts, numbers and truths in one line. */
    public static String json(Object tree) {
        return json(plain(tree), false);
    }

    private static String json(@Nullable Object tree, boolean pretty) {
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        PrettyPrinter printer =
                new DefaultPrettyPrinter(separators).withObjectIndenter(indent).withArrayIndenter(indent);
        ObjectWriteContext context = new ObjectWriteContext.Base() {
            @Override
            public PrettyPrinter getPrettyPrinter() {
                return pretty ? printer : super.getPrettyPrinter();
            }
        };
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(context, text)) {
            write(tree, out);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator out) {
        switch (value) {
            case null -> out.writeNull();
            case Map<?, ?> map -> {
                out.writeStartObject();
                map.forEach((key, entry) -> {
                    out.writeName(String.valueOf(key));
                    write(entry, out);
                });
                out.writeEndObject();
            }
            case List<?> list -> {
                out.writeStartArray();
                list.forEach(entry -> write(entry, out));
                out.writeEndArray();
            }
            case Boolean truth -> out.writeBoolean(truth);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case String text -> out.writeString(text);
            case Json json -> out.writeRawValue(json.text());
            default -> out.writeString(value.toString());
        }
    }
}
