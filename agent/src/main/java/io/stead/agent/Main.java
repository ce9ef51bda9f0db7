package io.stead.agent;

/** Where the agent starts. Nothing is wired yet: it prints how it will be called, and exits with 2 (usage). */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.err.println("usage: stead agent --zk CONNECT --node ID [--config F] [--data-dir D] [--http HOST:PORT]");
        System.exit(2);
    }
}
