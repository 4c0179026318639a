package dev.listrakrelay.sandbox;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Keeps sandbox events from real Listrak, and real credentials from the sandbox. */
public final class SandboxGuard {

    private static final Set<String> PROFILES = Set.of("sandbox", "dev");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
    private static final String WAY_OUT =
            "; drop the sandbox or dev profile to use real Listrak, or drop this property";

    private SandboxGuard() {}

    /** Tells whether one of these Quarkus profiles asks for the sandbox. */
    public static boolean isSandbox(Collection<String> activeProfiles) {
        return activeProfiles.stream().anyMatch(PROFILES::contains);
    }

    /**
     * Lists what doesn't belong in a sandbox, in the form <em>where: what, expected, found</em>; empty if all is well.
     * Values are never repeated but for the host of a URL. A null value counts as a mistake, because the defaults of
     * the URLs are Listrak's own.
     *
     * @param account the beginning of the keys: {@code listrak}, or {@code listrak.<name>}
     * @param port the sandbox's port
     * @param values by the last part of the key; null where there is none
     */
    public static List<String> mistakes(String account, int port, UnaryOperator<String> values) {
        List<String> mistakes = new ArrayList<>();
        credential(mistakes, account + ".client-id", SandboxAccount.CLIENT_ID, values.apply("client-id"));
        credential(mistakes, account + ".client-secret", SandboxAccount.CLIENT_SECRET, values.apply("client-secret"));
        url(mistakes, account + ".api-url", port, values.apply("api-url"));
        url(mistakes, account + ".auth-url", port, values.apply("auth-url"));
        return List.copyOf(mistakes);
    }

    /** The same for the address that a webhook is forwarded to. */
    public static List<String> thirdParty(int port, String property, String url) {
        List<String> mistakes = new ArrayList<>();
        url(mistakes, property, port, url);
        return mistakes;
    }

    private static void credential(List<String> mistakes, String property, String expected, String found) {
        if (!expected.equals(found)) {
            String what = found == null ? "nothing" : "another value";
            mistakes.add(property + ": not the sandbox's own, expected \"" + expected + "\", found " + what + WAY_OUT);
        }
    }

    private static void url(List<String> mistakes, String property, int port, String found) {
        URI uri = parse(found);
        boolean own = uri != null
                && "http".equals(uri.getScheme())
                && uri.getUserInfo() == null
                && uri.getHost() != null
                && LOOPBACK.contains(uri.getHost())
                && uri.getPort() == port;
        if (!own) {
            mistakes.add(property + ": not the sandbox's own, expected http://localhost:" + port + "/…, found "
                    + origin(found, uri) + WAY_OUT);
        }
    }

    private static String origin(String found, URI uri) {
        if (found == null) {
            return "nothing";
        }
        if (uri == null || uri.getHost() == null) {
            return "another value";
        }
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private static URI parse(String url) {
        try {
            return url == null ? null : URI.create(url);
        } catch (IllegalArgumentException notAUrl) {
            return null;
        }
    }
}
