package dev.listrakrelay.sandbox;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Prevents that the sandbox sends events to the real Listrak, and that real credentials reach the sandbox. */
public final class SandboxGuard {

    private static final Set<String> PROFILES = Set.of("sandbox", "dev");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
    private static final String REMEDY =
            "; to use the real Listrak, remove the sandbox or dev profile; to use the sandbox, remove this property";

    private SandboxGuard() {}

    /** Returns true if one of these Quarkus profiles enables the sandbox. */
    public static boolean isSandbox(Collection<String> activeProfiles) {
        return activeProfiles.stream().anyMatch(PROFILES::contains);
    }

    /**
     * Lists settings that are not the sandbox's, in the form <em>where: what, expected, found</em>; empty if there are none.
     * Messages repeat no value, except the host of a URL. A null value counts as a mistake, because the default URLs are
     * those of the real Listrak.
     *
     * @param account the start of the keys: {@code listrak}, or {@code listrak.<name>}
     * @param port the sandbox's port
     * @param values returns the value by the last part of its key, or null
     */
    public static List<String> mistakes(String account, int port, UnaryOperator<String> values) {
        List<String> mistakes = new ArrayList<>();
        credential(mistakes, account + ".client-id", SandboxAccount.CLIENT_ID, values.apply("client-id"));
        credential(mistakes, account + ".client-secret", SandboxAccount.CLIENT_SECRET, values.apply("client-secret"));
        url(mistakes, account + ".api-url", port, values.apply("api-url"));
        url(mistakes, account + ".auth-url", port, values.apply("auth-url"));
        return List.copyOf(mistakes);
    }

    /** Checks the URL that a webhook is forwarded to: in the sandbox, a third party is a server of this machine. */
    public static List<String> thirdParty(String property, String url) {
        URI uri = parse(url);
        return isOfThisMachine(uri)
                ? List.of()
                : List.of(property + ": not a server of this machine, expected http://localhost:<port>/…, found "
                        + origin(url, uri) + REMEDY);
    }

    private static void credential(List<String> mistakes, String property, String expected, String found) {
        if (!expected.equals(found)) {
            String what = found == null ? "nothing" : "a different value";
            mistakes.add(property + ": not the sandbox's value, expected \"" + expected + "\", found " + what + REMEDY);
        }
    }

    private static void url(List<String> mistakes, String property, int port, String found) {
        URI uri = parse(found);
        if (!isOfThisMachine(uri) || uri.getPort() != port) {
            mistakes.add(property + ": not the sandbox's address, expected http://localhost:" + port + "/…, found "
                    + origin(found, uri) + REMEDY);
        }
    }

    private static boolean isOfThisMachine(URI uri) {
        return uri != null
                && "http".equals(uri.getScheme())
                && uri.getUserInfo() == null
                && uri.getHost() != null
                && LOOPBACK.contains(uri.getHost());
    }

    private static String origin(String found, URI uri) {
        if (found == null) {
            return "nothing";
        }
        if (uri == null || uri.getHost() == null) {
            return "a different value";
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
