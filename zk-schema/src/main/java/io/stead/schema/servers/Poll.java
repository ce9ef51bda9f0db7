package io.stead.schema.servers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One question to every voter at once.
 *
 * @param words by the address that was asked, resolved; two voters at one address are a misunderstanding, and none is heard
 * @param askedNanos monotonic time before the first was asked
 * @param answeredNanos monotonic time after the last has answered, or was waited for in vain
 */
public record Poll(Map<InetSocketAddress, ServerWord> words, long askedNanos, long answeredNanos) {
    public Poll {
        words = Map.copyOf(words);
    }

    /** Asks them; blocks for no longer than three times the patience, however long their names take to be resolved. */
    public static Poll of(Voters voters, Duration patience) {
        long asked = System.nanoTime();
        List<CompletableFuture<Said>> answers = new ArrayList<>();
        for (InetSocketAddress voter : voters.addresses()) {
            CompletableFuture<Said> answer = new CompletableFuture<>();
            answers.add(answer.completeOnTimeout(
                    new Said(voter, ServerWord.UNKNOWN), 3 * patience.toNanos(), TimeUnit.NANOSECONDS));
            Thread.ofVirtual()
                    .name("stead-poll")
                    .start(() -> answer.completeAsync(() -> Said.by(voter, patience), Runnable::run));
        }
        Map<InetSocketAddress, ServerWord> words = new HashMap<>();
        for (CompletableFuture<Said> answer : answers) {
            Said said = answer.join();
            words.merge(said.address(), said.word(), (_, _) -> ServerWord.UNKNOWN);
        }
        return new Poll(words, asked, System.nanoTime());
    }

    private record Said(InetSocketAddress address, ServerWord word) {
        static Said by(InetSocketAddress voter, Duration patience) {
            InetSocketAddress resolved = new InetSocketAddress(voter.getHostString(), voter.getPort());
            return new Said(resolved, ServerWord.of(resolved, patience));
        }
    }

    /** Whether one of them says that it leads. */
    public boolean showsLeader() {
        return words.containsValue(ServerWord.LEADING);
    }

    /** Whether every voter provably does not lead: by its own word, or because nobody is there. May block for the refusals. */
    public boolean provesNoLeader(Refusals refusals) {
        List<InetSocketAddress> refused = words.entrySet().stream()
                .filter(e -> e.getValue() == ServerWord.REFUSED)
                .map(Map.Entry::getKey)
                .toList();
        boolean others = words.values().stream().allMatch(w -> w.isWithoutLeader() || w == ServerWord.REFUSED);
        return !words.isEmpty() && others && refused.stream().allMatch(refusals::isNobodyThere);
    }
}
