package io.stead.schema.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectStringTest {
    private static final String FORM = ": write HOST:PORT,HOST:PORT,…/PATH, such as zk1:2181,zk2:2181/stead";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        127.0.0.1:2181/stead       | 127.0.0.1:2181/stead
        zk1,zk2:2182               | zk1:2181,zk2:2182
        zk1:2181/                  | zk1:2181
        zk-1.example.test:1/a/b.c  | zk-1.example.test:1/a/b.c
        [2001:db8::1]:2181,[::1]/s | [2001:db8::1]:2181,[::1]:2181/s
        """)
    void serversAndPath_areReadAndWritten(String text, String again) {
        assertThat(ConnectString.parse(text)).hasToString(again);
        assertThat(ConnectString.parse(again)).isEqualTo(ConnectString.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``              | ZooKeeper server ""FORM
        zk1:2181,       | ZooKeeper server ""FORM
        zk1:x           | ZooKeeper server "zk1:x"FORM
        zk1:2181, zk2   | ZooKeeper server " zk2"FORM
        2001:db8::1     | ZooKeeper server "2001:db8::1"FORM
        zk1:0           | port 0: use 1 to 65535
        zk1:65536/stead | port 65536: use 1 to 65535
        zk1/stead/      | ZooKeeper path "/stead/": use /NAME or /NAME/NAME, with A-Z a-z 0-9 . _ -
        zk1//a          | ZooKeeper path "//a": use /NAME or /NAME/NAME, with A-Z a-z 0-9 . _ -
        zk1/a/../b      | ZooKeeper path "/a/../b": use /NAME or /NAME/NAME, with A-Z a-z 0-9 . _ -
        zk1/a,zk2/a     | ZooKeeper path "/a,zk2/a": use /NAME or /NAME/NAME, with A-Z a-z 0-9 . _ -
        """)
    void badText_saysHowToMendIt(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectString.parse(text))
                .withMessage(message.replace("FORM", FORM));
    }

    @Test
    void local_isTheDefaultOfEveryVerb() {
        assertThat(ConnectString.LOCAL).hasToString("127.0.0.1:2181/stead");
    }
}
