/** The verbs that only look. */
@NullMarked
package io.stead.cli.verb.show;

import org.jspecify.annotations.NullMarked;
