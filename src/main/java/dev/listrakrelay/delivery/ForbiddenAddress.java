package dev.listrakrelay.delivery;

import java.net.UnknownHostException;

/** A name that leads to no address that may be connected to. */
public final class ForbiddenAddress extends UnknownHostException {
    public ForbiddenAddress(String host) {
        super(host + ": private or loopback address");
    }
}
