package io.stead.schema.codec;

import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.JsonText;
import io.stead.schema.codec.json.Kinds;
import io.stead.schema.codec.json.Unfit;
import io.stead.schema.znode.Write;

/** A form in a znode of its own: with the format's version before everything else. */
record JsonCodec<T>(Form<T> form) implements Codec<T>, Form<T> {
    private static final long VERSION = 1;

    @Override
    public byte[] encode(T value) {
        return JsonText.write(this, value);
    }

    @Override
    public Decoded<T> decode(String path, byte[] data) {
        if (data.length > Write.MAX_ZNODE_BYTES) {
            return new Decoded.Unreadable<>(
                    path, "%d bytes: at most %d are read".formatted(data.length, Write.MAX_ZNODE_BYTES));
        }
        try {
            return new Decoded.Parsed<>(JsonText.read(this, data));
        } catch (Unfit unfit) {
            return new Decoded.Unreadable<>(path, unfit.why());
        }
    }

    @Override
    public void write(T value, FieldWriter out) {
        form.write(value, out.put("v", Kinds.LONG, VERSION));
    }

    @Override
    public T read(FieldReader in) {
        long version = in.get("v", Kinds.LONG);
        if (version > VERSION) {
            throw Unfit.because("written by a newer version (v %d): upgrade this agent".formatted(version));
        }
        if (version < VERSION) {
            throw Unfit.because("there is no version %d: the first is %d".formatted(version, VERSION));
        }
        return form.read(in);
    }
}
