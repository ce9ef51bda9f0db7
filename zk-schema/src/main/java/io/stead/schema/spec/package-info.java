/**
 * Spec files: what the operator wants, as YAML with several documents to a file (design.md §7), read strictly and
 * written so that it reads back the same. Pure: text in, values out; any thread.
 */
@NullMarked
package io.stead.schema.spec;

import org.jspecify.annotations.NullMarked;
