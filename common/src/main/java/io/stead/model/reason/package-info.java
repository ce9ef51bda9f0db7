/** Why something is decided, waited for or ruled out, as values that read well (C6). */
@NullMarked
package io.stead.model.reason;

import org.jspecify.annotations.NullMarked;
