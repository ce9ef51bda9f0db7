package io.stead.cli.cluster;

/** How far a goal is. Each says it in a sentence for people. */
public sealed interface Progress {
    String sentence();

    /** It is reached. */
    record Done(String sentence) implements Progress {}

    /** It may yet be reached; the sentence says what is waited for, and why. */
    record Waiting(String sentence) implements Progress {}

    /** It will not be reached any more. */
    record Missed(String sentence) implements Progress {}
}
