package io.stead.schema.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    private static final ServiceName DB = new ServiceName("db");
    private static final NodeId N1 = new NodeId("n1");

    @ParameterizedTest
    @CsvSource({
        "/a, /a, true",
        "/a, /a/b, true",
        "/a, /a/b/c, true",
        "/a, /ab, false",
        "/a/b, /a, false",
        "/, /a, true",
        "/, /, true",
    })
    void aPath_liesWithinItsRoot_andNotBesideIt(String root, String path, boolean within) {
        assertThat(Layout.isWithin(root, path)).isEqualTo(within);
    }

    @Test
    void specsAssignmentsAndHoldings_belongToTheirService_andNothingElseDoes() {
        assertThat(Layout.serviceOf(Layout.spec(DB))).contains(DB);
        assertThat(Layout.serviceOf(Layout.assignment(DB))).contains(DB);
        assertThat(Layout.serviceOf(Layout.holdings(DB))).contains(DB);
        assertThat(Layout.serviceOf(Layout.holding(DB, N1))).contains(DB);
        assertThat(Layout.serviceOf(Layout.SERVICE_HOLDINGS)).isEmpty();
        assertThat(Layout.serviceOf(Layout.member(N1))).isEmpty();
        assertThat(Layout.serviceOf("/specs/services/NOT A NAME")).isEmpty();
    }

    @Test
    void parentAndName_takeAPathApart() {
        assertThat(Layout.parent(Layout.holding(DB, N1))).isEqualTo(Layout.holdings(DB));
        assertThat(Layout.name(Layout.holding(DB, N1))).isEqualTo("n1");
        assertThat(Layout.parent("/a")).isEqualTo("/");
    }
}
