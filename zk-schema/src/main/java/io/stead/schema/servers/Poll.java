package io.stead.schema.servers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One question to every voter at once.
 *
 * @param askedNanos monotonic time before the first was asked
 * @param answeredNanos monotonic time after the last has answered, or was waited for in vain
 */
public record Poll(Map<InetSocketAddress, ServerWord> words, long askedNanos, long answeredNanos) {
    public Poll {
        words = Map.copyOf(words);
    }

    /** Asks them; blocks for no longer than twice the patience. */
    public static Poll of(Voters voters, Duration patience) {
        long asked = System.nanoTime();
        Map<InetSocketAddress, CompletableFuture<ServerWord>> answers = new HashMap<>();
        for (InetSocketAddress voter : voters.addresses()) {
            CompletableFuture<ServerWord> answer = new CompletableFuture<>();
            answers.put(voter, answer);
            Thread.ofVirtual()
                    .name("stead-poll")
                    .start(() -> answer.completeAsync(() -> ServerWord.of(voter, patience), Runnable::run));
        }
        Map<InetSocketAddress, ServerWord> words = new HashMap<>();
        answers.forEach((voter, answer) -> words.put(voter, answer.join()));
        return new Poll(words, asked, System.nanoTime());
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
