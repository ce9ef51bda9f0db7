package io.stead.cli.dev;

import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Ports of the loopback interface. */
final class Ports {
    /** ZooKeeper's own, which every verb looks at by default. */
    private static final int USUAL = 2181;

    private Ports() {}

    /** The one that is asked for; else the usual one, or any other if that is taken. */
    static int choose(Optional<Integer> asked) throws IOException {
        if (asked.isPresent()) {
            if (asked.get() < 1 || asked.get() > 65_535) {
                throw new CommandFailed(ExitCode.USAGE, "--port " + asked.get() + ": use 1 to 65535");
            }
            if (!isFree(asked.get())) {
                throw new CommandFailed(ExitCode.FAILED, "port " + asked.get() + " is taken: name another, or none");
            }
            return asked.get();
        }
        return isFree(USUAL) ? USUAL : any();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            // That is the answer.
            return false;
        }
    }

    private static int any() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
