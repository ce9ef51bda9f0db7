package io.stead.agent.container;

/**
 * A process that a kill did not end.
 *
 * @param command its name in the kernel, at most 15 bytes, which the process chooses itself
 * @param state the kernel's letter; D waits for a device and cannot be killed before that answers
 */
public record Straggler(long pid, String command, char state) {
    @Override
    public String toString() {
        return "pid " + pid + " (" + command + ") in state " + state;
    }
}
