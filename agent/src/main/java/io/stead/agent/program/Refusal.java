package io.stead.agent.program;

import io.stead.agent.output.Tail;
import java.util.List;

/** Why an action was not executed, with what mends it. */
public sealed interface Refusal {
    /** One line for the operator: what is wrong with which path, and the mend. */
    String line();

    /** The spec's {@code run:} is no plain file name. */
    record BadFileName(String name) implements Refusal {
        @Override
        public String line() {
            return "run: " + Tail.escaped(name) + " is not a plain file name: name a file in the actions directory";
        }
    }

    /** A name that could change how a program runs, or none at all. */
    record BadVariable(String name) implements Refusal {
        @Override
        public String line() {
            return "parameter " + Tail.escaped(name)
                    + " is not allowed: use A to Z, digits and _, a letter first, 63 at most";
        }
    }

    /** No program can be given a NUL. */
    record BadValue(String name) implements Refusal {
        @Override
        public String line() {
            return Tail.escaped(name) + " contains a NUL character: remove it";
        }
    }

    /** The host's configuration does not name it; {@code key} is where it would. */
    record NotAllowed(String what, String key) implements Refusal {
        @Override
        public String line() {
            return what + " is not allowed on this host: add it to " + key + " in the agent's configuration";
        }
    }

    /** Nobody could say whether the unit lives, nor kill it. */
    record UnitUnwatched(String unit) implements Refusal {
        @Override
        public String line() {
            return "systemd unit " + unit
                    + " cannot be watched by this agent: run the agent as root on a host with cgroup v2";
        }
    }

    /** A parameter may name any file, and some name programs: the host says which may be set. */
    record ParameterNotAllowed(String agent, String name) implements Refusal {
        @Override
        public String line() {
            return "parameter " + name + " of " + agent
                    + " is not allowed on this host: add it to allow.ocf-params in the agent's"
                    + " configuration, such as {\"" + agent + "\": [" + name + "]}";
        }
    }

    record Missing(String path) implements Refusal {
        @Override
        public String line() {
            return path + " is missing: put the program there";
        }
    }

    /** The directory of the programs, or one on the way to it. */
    record NoDirectory(String path) implements Refusal {
        @Override
        public String line() {
            return path + " is missing: make that directory (install -d -m 755 " + path
                    + "), and put the programs there";
        }
    }

    /** A script that the kernel can't execute, since what its first line names is not there or is no program. */
    record NoInterpreter(String path, String interpreter) implements Refusal {
        @Override
        public String line() {
            return path + " can't be run: there is no program " + interpreter
                    + ", which its first line names: install it, or mend that line";
        }
    }

    /** A link, a directory, a device: only the file itself can be vouched for. */
    record NotRegular(String path) implements Refusal {
        @Override
        public String line() {
            return path + " is not a regular file: put the program itself there, not a link";
        }
    }

    record NotExecutable(String path) implements Refusal {
        @Override
        public String line() {
            return path + " is not executable: chmod u+x " + path;
        }
    }

    /** The file, the actions directory or one of its parents is somebody else's. */
    record WrongOwner(String path, String owner, String expected) implements Refusal {
        @Override
        public String line() {
            return path + " belongs to user " + owner + ": chown " + expected + " " + path;
        }
    }

    /** Others could put a program of theirs in its place. */
    record Writable(String path) implements Refusal {
        @Override
        public String line() {
            return path + " is writable by group or others: chmod go-w " + path;
        }
    }

    /** A former start has left processes; two starts never share a container. */
    record StillRunning(String service, List<Long> pids) implements Refusal {
        public StillRunning {
            pids = List.copyOf(pids);
        }

        @Override
        public String line() {
            return service + " still runs as pid " + pids + ": stop it first";
        }
    }

    /** The launcher found the node's lease over, or the run called off, before it executed anything. */
    record TooLate(String service) implements Refusal {
        @Override
        public String line() {
            return service + " was not started: the node's lease is over, or it was to be killed before it began";
        }
    }

    /** It was another file that was looked at while the start stood ready. */
    record Replaced(String path) implements Refusal {
        @Override
        public String line() {
            return path + " was replaced while it was about to run: it is tried again";
        }
    }

    /** The agent that had made it ready died before it gave the word to execute. */
    record Abandoned(String service) implements Refusal {
        @Override
        public String line() {
            return service + " was not started: the agent ended before it could begin";
        }
    }

    /** The launcher could not be started or could not enter the container. */
    record NotLaunched(String why) implements Refusal {
        @Override
        public String line() {
            return "the action could not be launched: " + why;
        }
    }
}
