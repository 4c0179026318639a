package dev.listrakrelay.delivery;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;

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

    private static final Map<Class<? extends Exception>, String> CAUSES = Map.of(
            UnknownHostException.class, "unknown host",
            NoRouteToHostException.class, "no route to host",
            ConnectTimeoutException.class, "time-out",
            SSLHandshakeException.class, "TLS handshake failed");

    /** The cause of an ambiguous request whose answer took too long. */
    static final String TIME_OUT = "time-out";

    private ConnectionFailure() {}

    static DeliveryFailure classify(HttpHost host, Exception failure) {
        if (isCausedBy(failure, List.of(ForbiddenAddress.class))) {
            return new DeliveryFailure.Closed(host + ": private or loopback address, expected a public one", "");
        }
        if (isCausedBy(failure, BAD_CERTIFICATE)) {
            return new DeliveryFailure.Closed(
                    host + ": certificate not trusted, " + failure.getClass().getSimpleName(), "");
        }
        return isCausedBy(failure, NOT_SENT)
                ? new DeliveryFailure.Unreachable("can't connect to " + host + " (" + cause(failure) + ")")
                : new DeliveryFailure.Ambiguous(
                        host + ": no complete answer, " + failure.getClass().getSimpleName(), interruption(failure));
    }

    /** Says in few words how the answer was interrupted. */
    private static String interruption(Exception failure) {
        if (isCausedBy(failure, List.of(SocketTimeoutException.class))) {
            return TIME_OUT;
        }
        if (isCausedBy(failure, List.of(NoHttpResponseException.class))) {
            return "connection closed";
        }
        return isCausedBy(failure, List.of(SocketException.class)) ? "connection reset" : "answer cut short";
    }

    private static String cause(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return message.endsWith("Connection refused")
                ? "connection refused"
                : CAUSES.getOrDefault(failure.getClass(), failure.getClass().getSimpleName());
    }

    private static boolean isCausedBy(Throwable failure, List<Class<? extends Exception>> kinds) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> kinds.stream().anyMatch(kind -> kind.isInstance(cause)));
    }
}
