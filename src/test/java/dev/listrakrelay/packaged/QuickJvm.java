package dev.listrakrelay.packaged;

import java.util.List;

/**
 * JVM options for processes that tests start. They run only for seconds, so without the optimising compiler a start
 * needs half the processor time. {@code -Drelay.full-jvm=true} runs them as in production.
 */
final class QuickJvm {

    private QuickJvm() {}

    static List<String> options() {
        return Boolean.getBoolean("relay.full-jvm")
                ? List.of("-XX:+UseSerialGC")
                : List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }
}
