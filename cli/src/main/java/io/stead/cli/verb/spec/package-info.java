/** The verbs that write and read what is wanted: specs in the store, and files of them. */
@NullMarked
package io.stead.cli.verb.spec;

import org.jspecify.annotations.NullMarked;
