package io.stead.schema.codec.member;

import io.stead.model.NodeId;
import io.stead.model.member.MemberState;
import io.stead.model.member.Membership;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import java.util.SortedMap;
import java.util.TreeMap;

/** Of {@code /transitions}: the transition vector, ordered by node. */
public final class MembershipForm implements Form<Membership> {
    private static final Kind<MemberState> STATE = new MemberStateForm();

    @Override
    public void write(Membership membership, FieldWriter out) {
        out.list("states", STATE, membership.states().values());
    }

    @Override
    public Membership read(FieldReader in) {
        SortedMap<NodeId, MemberState> states = new TreeMap<>();
        for (MemberState state : in.list("states", STATE)) {
            if (states.put(state.node(), state) != null) {
                throw new IllegalArgumentException("node " + state.node() + " has two states");
            }
        }
        return new Membership(states);
    }
}
