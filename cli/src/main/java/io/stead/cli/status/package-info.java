/** What status, nodes and services show of a view: gathered into lines first, then shown in every format. Pure. */
@NullMarked
package io.stead.cli.status;

import org.jspecify.annotations.NullMarked;
