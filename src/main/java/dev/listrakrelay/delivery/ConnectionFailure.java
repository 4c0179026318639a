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
 * Tells, of a request that got no answer, whether it can have been taken: that decides what may be done about it. What is
 * not known for sure, such as any of the client's own failures, can.
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
