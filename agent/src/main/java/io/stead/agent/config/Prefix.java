package io.stead.agent.config;

import io.stead.model.Text;
import java.math.BigInteger;
import java.net.InetAddress;

/** A range of addresses: {@code 10.0.0.0/24}, {@code 2001:db8::/64}. */
public record Prefix(InetAddress network, int bits) {
    public Prefix {
        int all = network.getAddress().length * 8;
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("prefix length " + bits + ": use 0 to " + all);
        }
        if (new BigInteger(1, network.getAddress()).getLowestSetBit() >= 0
                && new BigInteger(1, network.getAddress()).getLowestSetBit() < all - bits) {
            throw new IllegalArgumentException("prefix %s/%d: there are bits set beyond the first %d"
                    .formatted(network.getHostAddress(), bits, bits));
        }
    }

    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        String length = text.substring(slash + 1);
        if (slash < 0 || !length.matches("\\d{1,3}")) {
            throw new IllegalArgumentException(
                    "prefix " + Text.quoted(text) + ": write ADDRESS/LENGTH, such as 10.0.0.0/24");
        }
        return new Prefix(address(text.substring(0, slash)), Integer.parseInt(length));
    }

    /** An address as a literal; no name is looked up, and nothing is guessed from {@code 10.1}. */
    static InetAddress address(String text) {
        if (text.indexOf(':') >= 0 || text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            try {
                return InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(notAnAddress(text), e);
            }
        }
        throw new IllegalArgumentException(notAnAddress(text));
    }

    private static String notAnAddress(String text) {
        return Text.quoted(text) + ": write an IP address, such as 10.0.0.1 or 2001:db8::1";
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.getAddress().length) {
            return false;
        }
        BigInteger difference = new BigInteger(1, bytes).xor(new BigInteger(1, network.getAddress()));
        return difference.shiftRight(bytes.length * 8 - bits).signum() == 0;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }
}
