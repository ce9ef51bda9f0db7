package io.stead.schema.codec.request;

import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.SERVICE;
import static io.stead.schema.codec.json.Kinds.TRUTH;

import io.stead.model.request.Wish;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Words;

/** A wish: its verb, and what that verb needs. */
final class WishForm implements Form<Wish> {
    private static final Kind<Verb> VERB = new Words<>(Verb.class);

    /** One for each {@link Wish}; the words are those of the commands. */
    private enum Verb {
        REGISTER,
        DEREGISTER,
        TRANSFER,
        RESTART,
        CLEAR,
        QUIESCE,
        RESUME,
        DRAIN,
        LEAVE,
        JOIN,
        FORCE_LEAVE,
        DELETE_NODE
    }

    @Override
    public void write(Wish wish, FieldWriter out) {
        out.put("verb", VERB, verb(wish));
        switch (wish) {
            case Wish.Register w ->
                out.put("service", SERVICE, w.service())
                        .putIfPresent("node", NODE, w.node())
                        .put("started", TRUTH, w.started());
            case Wish.Deregister w -> out.put("service", SERVICE, w.service());
            case Wish.Transfer w -> out.put("service", SERVICE, w.service()).putIfPresent("to", NODE, w.to());
            case Wish.Restart w -> out.put("service", SERVICE, w.service()).putIfPresent("node", NODE, w.node());
            case Wish.Clear w ->
                out.put("service", SERVICE, w.service())
                        .putIfPresent("node", NODE, w.node())
                        .put("confirmStopped", TRUTH, w.confirmStopped());
            case Wish.Quiesce w -> out.put("node", NODE, w.node());
            case Wish.Resume w -> out.put("node", NODE, w.node());
            case Wish.Drain w -> out.put("node", NODE, w.node());
            case Wish.Leave w -> out.put("node", NODE, w.node()).put("force", TRUTH, w.force());
            case Wish.Join w -> out.put("node", NODE, w.node());
            case Wish.ForceLeave w -> out.put("node", NODE, w.node());
            case Wish.DeleteNode w -> out.put("node", NODE, w.node());
        }
    }

    private static Verb verb(Wish wish) {
        return switch (wish) {
            case Wish.Register _ -> Verb.REGISTER;
            case Wish.Deregister _ -> Verb.DEREGISTER;
            case Wish.Transfer _ -> Verb.TRANSFER;
            case Wish.Restart _ -> Verb.RESTART;
            case Wish.Clear _ -> Verb.CLEAR;
            case Wish.Quiesce _ -> Verb.QUIESCE;
            case Wish.Resume _ -> Verb.RESUME;
            case Wish.Drain _ -> Verb.DRAIN;
            case Wish.Leave _ -> Verb.LEAVE;
            case Wish.Join _ -> Verb.JOIN;
            case Wish.ForceLeave _ -> Verb.FORCE_LEAVE;
            case Wish.DeleteNode _ -> Verb.DELETE_NODE;
        };
    }

    @Override
    public Wish read(FieldReader in) {
        return switch (in.get("verb", VERB)) {
            case REGISTER ->
                new Wish.Register(in.get("service", SERVICE), in.find("node", NODE), in.get("started", TRUTH));
            case DEREGISTER -> new Wish.Deregister(in.get("service", SERVICE));
            case TRANSFER -> new Wish.Transfer(in.get("service", SERVICE), in.find("to", NODE));
            case RESTART -> new Wish.Restart(in.get("service", SERVICE), in.find("node", NODE));
            case CLEAR ->
                new Wish.Clear(in.get("service", SERVICE), in.find("node", NODE), in.get("confirmStopped", TRUTH));
            case QUIESCE -> new Wish.Quiesce(in.get("node", NODE));
            case RESUME -> new Wish.Resume(in.get("node", NODE));
            case DRAIN -> new Wish.Drain(in.get("node", NODE));
            case LEAVE -> new Wish.Leave(in.get("node", NODE), in.get("force", TRUTH));
            case JOIN -> new Wish.Join(in.get("node", NODE));
            case FORCE_LEAVE -> new Wish.ForceLeave(in.get("node", NODE));
            case DELETE_NODE -> new Wish.DeleteNode(in.get("node", NODE));
        };
    }
}
