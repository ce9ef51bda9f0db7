/**
 * JSON for records: a {@link Kind} of value knows how it is written and read, a {@link Form} is a kind that is an object with
 * fields. What is wrong is an {@link Unfit} that names its field. Uses Jackson's streaming part only, of which nothing shows
 * outside; stateless, any thread.
 */
@NullMarked
package io.stead.schema.codec.json;

import org.jspecify.annotations.NullMarked;
