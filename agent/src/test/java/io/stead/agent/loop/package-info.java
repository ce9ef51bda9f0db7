/** Tests of the deciding thread's mailbox. */
@NullMarked
package io.stead.agent.loop;

import org.jspecify.annotations.NullMarked;
