package io.stead.agent.action;

import io.stead.agent.program.Refusal;
import java.time.Duration;

/**
 * How a run ended. {@code took} is measured from the launcher's start; {@code tail} is the newest output, one line of at
 * most 2048 bytes with control characters escaped, and is what a program chose to say.
 */
public sealed interface ActionOutcome {
    /** Exit status 0 within the time. */
    record Succeeded(Duration took, String tail) implements ActionOutcome {}

    /** It ended in another way within the time. */
    record Failed(Ending ending, Duration took, String tail) implements ActionOutcome {}

    /** It was called off, told to end and then killed, mostly because it took too long; what it did meanwhile is unknown. */
    record TimedOut(Duration took, String tail) implements ActionOutcome {}

    /** Nothing was executed. */
    record Refused(Refusal reason) implements ActionOutcome {}

    /** How a program ends. */
    sealed interface Ending {
        /**
         * By itself.
         *
         * @param code 1 to 255; 126 and 127 also say that the program or its interpreter could not be executed
         */
        record Exit(int code) implements Ending {}

        /**
         * By a signal.
         *
         * @param signal its number; a program that exits with 128 + number by itself looks the same
         */
        record Signal(int signal) implements Ending {}

        /** The launcher was killed or could write nothing: the program may have done all of its work, or none. */
        record Unknown() implements Ending {}
    }
}
