package io.stead.cli.cluster;

import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.Znode;
import io.stead.schema.znode.Znodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A ZooKeeper with nothing in it but what a test puts there, which answers when it likes. */
final class Hiccups implements Znodes {
    /** The texts of znodes, by path. */
    final Map<String, String> texts = new HashMap<>();

    /** So many questions fail first, as when a connection is lost. */
    int failures;

    /** Nothing is answered, ever. */
    boolean silent;

    boolean forbidden;

    /** What becomes of writes. */
    WriteOutcome outcome = new WriteOutcome.Unknown("the connection was lost");

    @Override
    public CompletableFuture<Read<Znode>> read(String path) {
        String text = texts.get(path);
        return answer(path, text == null ? new Read.Absent<>() : new Read.Found<>(znode(path, text)));
    }

    @Override
    public CompletableFuture<Read<Read.Subtree>> subtree(String root) {
        return answer(root, new Read.Absent<>());
    }

    @Override
    public CompletableFuture<Read<List<String>>> children(String path) {
        return answer(path, new Read.Absent<>());
    }

    private static Znode znode(String path, String text) {
        return new Znode(path, text, 0, 1, 1, 0);
    }

    private <T> CompletableFuture<Read<T>> answer(String path, Read<T> answer) {
        if (silent) {
            return new CompletableFuture<>();
        }
        if (failures > 0) {
            failures--;
            return CompletableFuture.completedFuture(new Read.Failed<>("CONNECTIONLOSS"));
        }
        return CompletableFuture.completedFuture(forbidden ? new Read.NotAllowed<>(path) : answer);
    }

    @Override
    public CompletableFuture<WriteOutcome> write(List<Write> writes) {
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public CompletableFuture<OptionalLong> sync() {
        return CompletableFuture.completedFuture(OptionalLong.empty());
    }

    @Override
    public long shown() {
        return 0;
    }

    @Override
    public CompletableFuture<Boolean> watch(String root, Watch watch) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public void unwatch(String root, Watch watch) {}

    @Override
    public void onConnect(Runnable signal) {}

    @Override
    public void offConnect(Runnable signal) {}
}
