package dev.listrakrelay.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.SpoolRefused;
import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.net.BindException;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.FailedToCreateRouteException;
import org.junit.jupiter.api.Test;

/** Each failure of a start becomes one line for the operator. */
class StartFailureTest {

    private static final Map<String, String> SETTINGS =
            Map.of("quarkus.http.port", "8080", "quarkus.http.ssl-port", "8443", "quarkus.management.port", "9000");

    @Test
    void aPortInUseIsReportedByTheSettingThatHasIt() {
        // when
        String line = line(new QuarkusBindException("0.0.0.0", 9000, new BindException("Address already in use")));

        // then
        assertEquals(
                "quarkus.management.port (QUARKUS_MANAGEMENT_PORT): expected a free port, found 9000, which another"
                        + " program uses",
                line);
    }

    @Test
    void theManagementPortIsReportedThoughItsFailureIsAnother() {
        // when
        String line = line(new IllegalStateException(
                "Unable to start the management interface on 0.0.0.0:9000", new BindException("in use")));

        // then
        assertEquals(
                "quarkus.management.port (QUARKUS_MANAGEMENT_PORT): expected a free port, found 9000, which another"
                        + " program uses",
                line);
    }

    @Test
    void everySettingOfQuarkusThatCanNotBeReadIsReported() {
        // given
        ConfigValidationException.Problem port =
                new ConfigValidationException.Problem("SRCFG00039: The property quarkus.http.port is no integer");
        ConfigValidationException.Problem size = new ConfigValidationException.Problem("The size is none");

        // when
        String line = line(new ConfigValidationException(new ConfigValidationException.Problem[] {port, size}));

        // then
        assertEquals("The property quarkus.http.port is no integer; The size is none", line);
    }

    @Test
    void aRouteThatCanNotBeBuiltIsReportedWithTheStep() {
        // when
        String line = line(new FailedToCreateRouteException(
                "own",
                null,
                "Route(own)[From[direct:own] -> []]",
                "to[x:y]",
                new IOException("No endpoint\nsecond line")));

        // then
        assertEquals("route own: to[x:y]: IOException: No endpoint", line);
    }

    @Test
    void aMistakeInYamlIsReportedWithItsFileAndLine() {
        // when
        String line = line(
                new IllegalStateException(
                        "while parsing a flow node\n in file:/r/a.yaml, line 2, column 7:\n"
                                + "    - to: {\n    ^\nexpected the node content, but found '-'\n in file:/r/a.yaml, line 3, column 7:\n"));

        // then
        assertEquals("file:/r/a.yaml: line 3: expected the node content, but found '-'", line);
    }

    @Test
    void aCertificateThatCanNotBeReadIsReportedByItsName() {
        // when
        String line = line(new IllegalStateException(
                "Invalid key/certificate pair configuration for certificate 'public'", new IOException("no PEM")));

        // then
        assertEquals("quarkus.tls.public: expected certificates and keys in PEM, found IOException: no PEM", line);
    }

    @Test
    void whatASpoolRefusesIsReportedInItsWords() {
        // when
        String line = line(new SpoolRefused("spool.dir: is damaged", new IOException("x")));

        // then
        assertEquals("spool.dir: is damaged", line);
    }

    @Test
    void anUnknownFailureIsReportedByItsRootCauseAndNeverWithoutText() {
        // when
        String withMessage = line(new IllegalStateException(new IOException("disk gone")));
        String without = line(new IllegalStateException(new NullPointerException()));

        // then
        assertEquals("start: failed, IOException: disk gone", withMessage);
        assertEquals("start: failed, NullPointerException", without);
    }

    private static String line(Exception cause) {
        Throwable failure = new RuntimeException("Failed to start quarkus", cause);
        return String.join("; ", new StartFailure(failure, key -> Optional.ofNullable(SETTINGS.get(key))).lines());
    }
}
