package io.stead.schema.memory;

import io.stead.schema.znode.Access;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.Znodes;
import io.stead.schema.znode.ZnodesContract;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

class MemoryZnodesTest extends ZnodesContract {
    private final MemoryTree tree = new MemoryTree();
    private final MemoryZnodes mine = tree.session(1);
    private final MemoryZnodes others = tree.session(2);

    @BeforeEach
    void makeBase() throws Exception {
        get(mine.write(List.of(new Write.Create("/base", "", Write.Mode.PERSISTENT, Access.LEADER))));
    }

    @Override
    protected Znodes mine() {
        return mine;
    }

    @Override
    protected long mySession() {
        return mine.id();
    }

    @Override
    protected Znodes others() {
        return others;
    }

    @Override
    protected void endOthers() {
        tree.end(others);
    }

    @Override
    protected String base() {
        return "/base";
    }
}
