/** Tests of what the agent's lives have in common. */
@NullMarked
package io.stead.agent.life;

import org.jspecify.annotations.NullMarked;
