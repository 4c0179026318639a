package dev.listrakrelay.packaged;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Gives out ports of this machine, each once. None of those that an outgoing connection may be given (from 32768 on with
 * Linux): it could have that of a process that was killed and is to listen there again, or connect to itself.
 */
public final class Ports {

    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 32_000;

    /** Test JVMs run side by side: each gives out ports of its own. */
    private static final int OF_A_FORK = 5_500;

    private static final int FIRST = LOWEST + (Integer.getInteger("relay.fork", 1) - 1) * OF_A_FORK;
    private static final int LAST = Math.min(FIRST + OF_A_FORK, HIGHEST);

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** One that nobody has now. */
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
