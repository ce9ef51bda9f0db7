package io.stead.schema.store;

/** What became of a commit (protocols.md, ZooKeeper manners). Every case but the first leaves the view to be read again. */
public sealed interface CommitResult {
    record Committed() implements CommitResult {}

    /** Something it was decided upon has changed since: nothing took place. */
    record Stale(String path) implements CommitResult {}

    /** Another leader has taken office: nothing took place, and nothing of this leader's ever will again (C1). */
    record Deposed() implements CommitResult {}

    /** It may or may not have taken place: read again, never repeat blindly. */
    record Unknown(String why) implements CommitResult {}

    /** Of this much nothing took place, because ZooKeeper will never take it: too large, not allowed by its ACLs, beyond a quota. */
    record Refused(String why) implements CommitResult {}
}
