package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.TRUTH;

import io.stead.model.service.Transfer;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import java.util.Optional;

/** The transfer intent. */
final class TransferForm implements Form<Transfer> {
    @Override
    public void write(Transfer transfer, FieldWriter out) {
        out.put("from", NODE, transfer.from())
                .putIfPresent("to", NODE, transfer.to())
                .put("cause", StoppingForm.CAUSE, transfer.cause())
                .putIfPresent("named", TRUTH, Optional.of(transfer.named()).filter(n -> n));
    }

    @Override
    public Transfer read(FieldReader in) {
        return new Transfer(
                in.get("from", NODE),
                in.find("to", NODE),
                in.get("cause", StoppingForm.CAUSE),
                in.find("named", TRUTH).orElse(false));
    }
}
