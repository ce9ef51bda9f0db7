/** Tests of what a node keeps on its disk, and of its deeds on a real host. */
@NullMarked
package io.stead.agent.node;

import org.jspecify.annotations.NullMarked;
