package dev.listrakrelay.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes of one program, usually one, and the memory and processor time that they use together. */
final class Replicas implements AutoCloseable {

    private final List<Child> children = new ArrayList<>();

    void add(Child child) {
        children.add(child);
    }

    /** The sum of their highest resident memories so far, in MiB. */
    long peakRssMib() throws IOException {
        long sum = 0;
        for (Child child : children) {
            sum += child.peakRssMib();
        }
        return sum;
    }

    /** Processor time used so far. */
    Duration cpu() {
        return children.stream().map(Child::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() throws InterruptedException {
        for (Child child : children) {
            child.close();
        }
    }
}
