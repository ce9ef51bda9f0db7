package io.stead.schema.codec.spec;

import static io.stead.schema.codec.json.Kinds.SPAN;

import io.stead.model.spec.Monitor;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;

/** A monitor: its action, and how often. */
final class MonitorForm implements Form<Monitor> {
    private static final ActionForm ACTION = new ActionForm();

    @Override
    public void write(Monitor monitor, FieldWriter out) {
        ACTION.write(monitor.action(), out);
        out.put("every", SPAN, monitor.every());
    }

    @Override
    public Monitor read(FieldReader in) {
        return new Monitor(ACTION.read(in), in.get("every", SPAN));
    }
}
