package dev.listrakrelay.webhook;

import dev.listrakrelay.delivery.ForbiddenAddress;
import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves host names to public addresses only. The HTTP client connects to exactly these addresses, so a DNS change between
 * check and connection has no effect.
 */
final class PublicAddresses implements DnsResolver {

    /** The networks that are not public (IANA's special-purpose registries, RFC 6890). */
    private static final List<Net> SPECIAL = nets(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16");

    private static final List<Net> GLOBAL_IPV6 = nets("2000::/3");

    /** Networks without IPv4 write an IPv4 address like this: it is the last four bytes (RFC 6052). */
    private static final List<Net> NAT64 = nets("64:ff9b::/96");

    private final DnsResolver system;

    PublicAddresses(DnsResolver system) {
        this.system = system;
    }

    /** @throws ForbiddenAddress if the host has addresses, but no public one */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = system.resolve(host);
        InetAddress[] allowed =
                Arrays.stream(all).filter(PublicAddresses::isPublic).toArray(InetAddress[]::new);
        if (allowed.length == 0 && all.length > 0) {
            throw new ForbiddenAddress(host);
        }
        return allowed;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return system.resolveCanonicalHostname(host);
    }

    static boolean isPublic(InetAddress address) {
        if (isIn(NAT64, address)) {
            byte[] bytes = address.getAddress();
            return isPublic(ipv4(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length)));
        }
        boolean isIpv4 = address.getAddress().length == 4;
        return !isIn(SPECIAL, address) && (isIpv4 || isIn(GLOBAL_IPV6, address));
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean isIn(List<Net> nets, InetAddress address) {
        return nets.stream().anyMatch(net -> net.contains(address.getAddress()));
    }

    private static List<Net> nets(String... nets) {
        return Stream.of(nets).map(Net::of).toList();
    }

    /** A network: all addresses that begin with the same bits. */
    private record Net(byte[] prefix, int bits) {
        static Net of(String text) {
            String[] parts = text.split("/");
            return new Net(NetUtil.createByteArrayFromIpAddressString(parts[0]), Integer.parseInt(parts[1]));
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int surplus = address.length * Byte.SIZE - bits;
            return new BigInteger(1, address).shiftRight(surplus).equals(new BigInteger(1, prefix).shiftRight(surplus));
        }
    }
}
