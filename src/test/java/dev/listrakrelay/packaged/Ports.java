package dev.listrakrelay.packaged;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Gives out free ports of this machine, each only once. They are below the range for outgoing connections (from 32768
 * on with Linux). Otherwise such a connection could use the port of a killed process that has to listen there again, or
 * connect to itself.
 */
public final class Ports {

    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 32_000;

    /** The number of ports for each test JVM. The JVMs run in parallel, each with its own range. */
    private static final int OF_A_FORK = 5_500;

    private static final int FIRST = LOWEST + (Integer.getInteger("relay.fork", 1) - 1) * OF_A_FORK;
    private static final int LAST = Math.min(FIRST + OF_A_FORK, HIGHEST);

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A port that no process uses now. */
    public static int free() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST, LAST))
                .filter(port -> isFree(port) && GIVEN.add(port))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
