package dev.listrakrelay.delivery;

import java.net.UnknownHostException;

/** A host name that resolves only to addresses that the relay may not connect to. */
public final class ForbiddenAddress extends UnknownHostException {
    public ForbiddenAddress(String host) {
        super(host + ": private or loopback address, expected a public one");
    }
}
