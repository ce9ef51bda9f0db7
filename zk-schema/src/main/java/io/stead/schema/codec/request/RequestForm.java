package io.stead.schema.codec.request;

import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.LONG;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;

/** Of {@code /requests}: one request of an operator. */
public final class RequestForm implements Form<Request> {
    private static final Kind<Wish> WISH = new WishForm();

    @Override
    public void write(Request request, FieldWriter out) {
        out.put("id", TEXT, request.id())
                .put("wish", WISH, request.wish())
                .put("author", TEXT, request.author())
                .put("reason", TEXT, request.reason())
                .putIfPresent("expectedGeneration", LONG, request.expectedGeneration())
                .put("notAfter", INSTANT, request.notAfter())
                .putIfPresent("expires", INSTANT, request.expires());
    }

    @Override
    public Request read(FieldReader in) {
        return new Request(
                in.get("id", TEXT),
                in.get("wish", WISH),
                in.get("author", TEXT),
                in.get("reason", TEXT),
                in.find("expectedGeneration", LONG),
                in.get("notAfter", INSTANT),
                in.find("expires", INSTANT));
    }
}
