package io.stead.schema.codec.request;

import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.LONG;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.request.Answer;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Words;

/** Of {@code /answers}: what became of a request. */
public final class AnswerForm implements Form<Answer> {
    private static final Kind<Answer.Verdict> VERDICT = new Words<>(Answer.Verdict.class);

    @Override
    public void write(Answer answer, FieldWriter out) {
        out.put("requestId", TEXT, answer.requestId())
                .put("verdict", VERDICT, answer.verdict())
                .putIfPresent("generation", LONG, answer.generation())
                .put("message", TEXT, answer.message())
                .put("at", INSTANT, answer.at());
    }

    @Override
    public Answer read(FieldReader in) {
        return new Answer(
                in.get("requestId", TEXT),
                in.get("verdict", VERDICT),
                in.find("generation", LONG),
                in.get("message", TEXT),
                in.get("at", INSTANT));
    }
}
