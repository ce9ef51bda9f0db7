package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.NODE;

import io.stead.model.service.Transfer;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;

/** The transfer intent. */
final class TransferForm implements Form<Transfer> {
    @Override
    public void write(Transfer transfer, FieldWriter out) {
        out.put("from", NODE, transfer.from())
                .putIfPresent("to", NODE, transfer.to())
                .put("cause", StoppingForm.CAUSE, transfer.cause());
    }

    @Override
    public Transfer read(FieldReader in) {
        return new Transfer(in.get("from", NODE), in.find("to", NODE), in.get("cause", StoppingForm.CAUSE));
    }
}
