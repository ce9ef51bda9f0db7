package io.stead.schema.install;

import io.stead.model.Epoch;
import io.stead.model.member.Maintenance;
import io.stead.model.member.Membership;
import io.stead.schema.codec.Codec;
import io.stead.schema.codec.Codecs;
import io.stead.schema.codec.Schema;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Write;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The znodes that a cluster begins with, and who may do what with each (design.md §4, §8). */
public final class Frame {
    private Frame() {}

    /**
     * All of them, in an order in which they can be made in one transaction.
     *
     * @param chroot which must exist or be made before; empty for the root
     */
    public static List<Write> of(String chroot, Schema schema) {
        List<Write> writes = new ArrayList<>();
        writes.add(create(chroot + Layout.SCHEMA, text(Codecs.SCHEMA, schema), Access.FRAME));
        writes.add(create(chroot + Layout.SPECS, "", Access.SPECS));
        Layout.SPEC_KINDS.forEach(kind -> writes.add(create(chroot + Layout.SPECS + "/" + kind, "", Access.SPECS)));
        writes.add(create(chroot + Layout.REQUESTS, "", Access.REQUESTS));
        writes.add(create(chroot + Layout.HOLDINGS, "", Access.FRAME));
        writes.add(create(chroot + Layout.ASSIGNMENTS, "", Access.FRAME));
        for (String path : List.of(Layout.ANSWERS, Layout.HISTORY, Layout.LEADER)) {
            writes.add(create(chroot + path, "", Access.ANSWERS));
        }
        for (String path : List.of(
                Layout.MEMBERS,
                Layout.STATUS,
                Layout.LEASES,
                Layout.SERVICE_HOLDINGS,
                Layout.REPORTS,
                Layout.ACKS,
                Layout.OVERRIDES,
                Layout.SERVICE_ASSIGNMENTS,
                Layout.ADDRESS_ASSIGNMENTS,
                Layout.DNS)) {
            writes.add(create(chroot + path, "", Access.SHARED));
        }
        writes.add(create(chroot + Layout.TRANSITIONS, text(Codecs.MEMBERSHIP, Membership.EMPTY), Access.LEADER));
        writes.add(create(chroot + Layout.MAINTENANCE, text(Codecs.MAINTENANCE, Maintenance.NONE), Access.LEADER));
        writes.add(create(chroot + Layout.EPOCH, text(Codecs.EPOCH, Epoch.NONE), Access.LEADER));
        return writes;
    }

    /** A part of the chroot's own path. */
    static Write parent(String path) {
        return create(path, "", Access.FRAME);
    }

    private static Write create(String path, String text, Access access) {
        return new Write.Create(path, text, Write.Mode.PERSISTENT, access);
    }

    private static <T> String text(Codec<T> codec, T value) {
        return new String(codec.encode(value), StandardCharsets.UTF_8);
    }
}
