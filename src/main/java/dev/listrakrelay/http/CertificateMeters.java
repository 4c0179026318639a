package dev.listrakrelay.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Shows when the certificates of the relay's own ports end, in gauges {@code listrak.relay.certificate.expiry.timestamp}.
 * A renewed certificate shows once the relay has read it. Without https there is no gauge.
 */
@ApplicationScoped
public class CertificateMeters {

    private static final List<String> KEYS =
            List.of("quarkus.http.tls-configuration-name", "quarkus.management.tls-configuration-name");

    void watch(@Observes StartupEvent started, Config config, TlsConfigurationRegistry all, MeterRegistry meters) {
        KEYS.stream()
                .map(key -> config.getOptionalValue(key, String.class))
                .flatMap(Optional::stream)
                .distinct()
                .forEach(name -> all.get(name).ifPresent(tls -> watch(name, tls, meters)));
    }

    private static void watch(String name, TlsConfiguration tls, MeterRegistry meters) {
        Gauge.builder("listrak.relay.certificate.expiry.timestamp", tls, one -> endOf(one.getKeyStore()))
                .strongReference(true)
                .baseUnit("seconds")
                .tag("certificate", name)
                .register(meters);
    }

    /** Returns the seconds since 1970 at which the first certificate of a key store ends; NaN if there is none. */
    static double endOf(KeyStore keys) {
        try {
            double first = Double.NaN;
            for (String alias : keys == null ? List.<String>of() : Collections.list(keys.aliases())) {
                if (keys.getCertificate(alias) instanceof X509Certificate certificate) {
                    double end = certificate.getNotAfter().getTime() / 1e3;
                    first = Double.isNaN(first) ? end : Math.min(first, end);
                }
            }
            return first;
        } catch (KeyStoreException e) {
            return Double.NaN;
        }
    }
}
