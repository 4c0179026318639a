package dev.listrakrelay.spool;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;

/** Publishes how full spools and their disk are, if the spools are files. A value that can't be read is NaN. */
final class RoomMeters {

    private final MeterRegistry meters;

    /** Reads a number of a disk. */
    private interface Bytes {
        long of(FileStore disk) throws IOException;
    }

    RoomMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void watch(String name, SpoolCounts spool) {
        if (spool.room().isPresent()) {
            gauge("listrak.relay.spool.used", name, spool, SpoolRoom::used);
            gauge("listrak.relay.spool.limit", name, spool, SpoolRoom::limit);
            gauge("listrak.relay.spool.free", name, spool, SpoolRoom::free);
        }
    }

    private void gauge(String gauge, String name, SpoolCounts spool, ToDoubleFunction<SpoolRoom> bytes) {
        Gauge.builder(gauge, spool, one -> one.room().map(bytes::applyAsDouble).orElse(Double.NaN))
                .baseUnit("bytes")
                .tag("spool", name)
                .register(meters);
    }

    /** @param dir the folder of the spools, which may not be there yet */
    void watchDisk(Path dir) {
        disk("listrak.relay.disk.free", dir, FileStore::getUsableSpace);
        disk("listrak.relay.disk.size", dir, FileStore::getTotalSpace);
    }

    private void disk(String gauge, Path dir, Bytes bytes) {
        Gauge.builder(gauge, dir, folder -> read(folder, bytes))
                .strongReference(true)
                .baseUnit("bytes")
                .register(meters);
    }

    private static double read(Path dir, Bytes bytes) {
        try {
            return bytes.of(Files.getFileStore(dir));
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
