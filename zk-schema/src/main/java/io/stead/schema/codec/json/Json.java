package io.stead.schema.codec.json;

import java.util.List;
import java.util.Map;

/** A value as it was read. */
public sealed interface Json {
    /** With its article, for messages. */
    String name();

    record Obj(Map<String, Json> fields) implements Json {
        @Override
        public String name() {
            return "an object";
        }
    }

    record Arr(List<Json> values) implements Json {
        @Override
        public String name() {
            return "a list";
        }
    }

    record Str(String text) implements Json {
        @Override
        public String name() {
            return "a text";
        }
    }

    record Whole(long number) implements Json {
        @Override
        public String name() {
            return "a number";
        }
    }

    record Truth(boolean isTrue) implements Json {
        @Override
        public String name() {
            return isTrue ? "true" : "false";
        }
    }

    /** What no field has: null, a fraction, a number beyond 64 bits. */
    record Other(String name) implements Json {}
}
