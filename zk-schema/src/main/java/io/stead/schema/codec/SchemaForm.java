package io.stead.schema.codec;

import static io.stead.schema.codec.json.Kinds.INT;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;

final class SchemaForm implements Form<Schema> {
    @Override
    public void write(Schema schema, FieldWriter out) {
        out.put("version", INT, schema.version())
                .put("clusterId", TEXT, schema.clusterId())
                .put("clusterName", TEXT, schema.clusterName());
    }

    @Override
    public Schema read(FieldReader in) {
        return new Schema(in.get("version", INT), in.get("clusterId", TEXT), in.get("clusterName", TEXT));
    }
}
