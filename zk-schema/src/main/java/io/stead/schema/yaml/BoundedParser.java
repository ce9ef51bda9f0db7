package io.stead.schema.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** Refuses a text nested deeper than anybody writes: the library's composer recurses, and would run out of stack. */
final class BoundedParser implements Parser {
    private static final int DEEPEST = 32;

    private final Parser inner;
    private int depth;

    BoundedParser(Parser inner) {
        this.inner = inner;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return inner.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return inner.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return inner.hasNext();
    }

    @Override
    public Event next() {
        Event event = inner.next();
        switch (event.getEventId()) {
            case SequenceStart, MappingStart -> depth++;
            case SequenceEnd, MappingEnd -> depth--;
            default -> {}
        }
        if (depth > DEEPEST) {
            throw new ParserException(
                    "nested more than " + DEEPEST + " deep", Optional.empty(), "", event.getStartMark());
        }
        return event;
    }
}
