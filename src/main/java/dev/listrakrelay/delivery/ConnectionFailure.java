package dev.listrakrelay.delivery;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.HttpHost;

/**
 * Decides whether the destination can have received a request that got no answer. If no byte was sent, the relay can retry
 * without a duplicate. Any failure that leaves this open counts as ambiguous.
 */
final class ConnectionFailure {

    private static final List<Class<? extends Exception>> BAD_CERTIFICATE =
            List.of(SSLPeerUnverifiedException.class, CertificateException.class, CertPathValidatorException.class);
    private static final List<Class<? extends Exception>> NOT_SENT = List.of(
            UnknownHostException.class,
            ConnectException.class,
            NoRouteToHostException.class,
            ConnectTimeoutException.class,
            SSLHandshakeException.class);

    private ConnectionFailure() {}

    static DeliveryFailure named(HttpHost host, Exception failure) {
        String what = host + ": " + failure.getClass().getSimpleName();
        if (isCausedBy(failure, List.of(ForbiddenAddress.class))) {
            return new DeliveryFailure.Closed(host + ": private or loopback address, which is not allowed", "");
        }
        if (isCausedBy(failure, BAD_CERTIFICATE)) {
            return new DeliveryFailure.Closed(what + ", its certificate is not to be trusted", "");
        }
        return isCausedBy(failure, NOT_SENT)
                ? new DeliveryFailure.Unreachable(what)
                : new DeliveryFailure.Ambiguous(what);
    }

    private static boolean isCausedBy(Throwable failure, List<Class<? extends Exception>> kinds) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> kinds.stream().anyMatch(kind -> kind.isInstance(cause)));
    }
}
