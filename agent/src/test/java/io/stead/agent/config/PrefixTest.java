package io.stead.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24,   10.0.0.255,     true",
        "10.0.0.0/24,   10.0.1.0,       false",
        "10.0.0.7/32,   10.0.0.7,       true",
        "0.0.0.0/0,     192.0.2.1,      true",
        "0.0.0.0/0,     2001:db8::1,    false",
        "2001:db8::/64, 2001:db8::ff,   true",
        "2001:db8::/64, 2001:db8:1::ff, false"
    })
    void address_isInThePrefix_orNot(String prefix, String address, boolean contained) {
        assertThat(Prefix.parse(prefix).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        10.0.0.1         | prefix "10.0.0.1": write ADDRESS/LENGTH, such as 10.0.0.0/24
        10.0.0.0/x       | prefix "10.0.0.0/x": write ADDRESS/LENGTH, such as 10.0.0.0/24
        10.0.0.0/33      | prefix length 33: use 0 to 32
        10.0.0.1/24      | prefix 10.0.0.1/24: there are bits set beyond the first 24
        10/8             | "10": write an IP address, such as 10.0.0.1 or 2001:db8::1
        10.0.0.256/32    | "10.0.0.256": write an IP address, such as 10.0.0.1 or 2001:db8::1
        localhost/32     | "localhost": write an IP address, such as 10.0.0.1 or 2001:db8::1
        2001:db8::g/64   | "2001:db8::g": write an IP address, such as 10.0.0.1 or 2001:db8::1
        """)
    void badText_saysHowToMendIt(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Prefix.parse(text))
                .withMessage(message);
    }
}
