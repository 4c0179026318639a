package dev.listrakrelay.webhook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.delivery.ForbiddenAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks are forwarded only to public addresses. */
class PublicAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.8.8.8",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "fec0::1",
                "ff02::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "64:ff9b::10.0.0.1"
            })
    void anAddressThatIsNotPublicIsRejected(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address)), is(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "64:ff9b::8.8.8.8"
            })
    void aPublicAddressIsAllowed(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address)), is(true));
    }

    @Test
    void theRelayConnectsToThePublicOnesOfSeveralAddresses() throws UnknownHostException {
        // given
        PublicAddresses addresses = new PublicAddresses(names("10.0.0.1", "8.8.8.8"));

        // when
        InetAddress[] resolved = addresses.resolve("mixed.example.com");

        // then
        assertThat(resolved, arrayContaining(InetAddress.getByName("8.8.8.8")));
    }

    @Test
    void aNameWithOnlyPrivateAddressesIsRejected() {
        // given
        PublicAddresses addresses = new PublicAddresses(names("10.0.0.1", "127.0.0.1"));

        // when, then
        assertThrows(ForbiddenAddress.class, () -> addresses.resolve("inside.example.com"));
    }

    private static DnsResolver names(String... addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] resolved = new InetAddress[addresses.length];
                for (int i = 0; i < addresses.length; i++) {
                    resolved[i] = InetAddress.getByName(addresses[i]);
                }
                return resolved;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return Arrays.toString(addresses);
            }
        };
    }
}
