package dev.listrakrelay.deliverylog;

import dev.listrakrelay.spool.DeliveryLogConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Appends lines to the file of the day (UTC), {@code delivery-log-2026-06-06.ndjson}, and returns when they are on disk.
 * The file of an earlier day never changes again.
 *
 * <p>If a crash or a full disk has cut off the last line, it removes that line first. The spool still has its record.
 */
@ApplicationScoped
@Named("appendToLogFile")
public class AppendToLogFile implements Processor {

    private static final int CHUNK = 8_192;

    private final DeliveryLogConfig config;
    private final Clock clock;

    AppendToLogFile(DeliveryLogConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Path dir = config.dir().orElseThrow();
        Path file = dir.resolve("delivery-log-" + LocalDate.now(clock.withZone(ZoneOffset.UTC)) + ".ndjson");
        boolean isNew = !Files.exists(file);
        append(file, ByteBuffer.wrap(exchange.getMessage().getBody(byte[].class)));
        if (isNew) {
            // so that a power cut can't remove the file again
            try (FileChannel folder = FileChannel.open(dir)) {
                folder.force(true);
            }
        }
    }

    private static void append(Path file, ByteBuffer lines) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE))) {
            channel.truncate(endOfLastLine(channel));
            channel.position(channel.size());
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
            channel.force(true);
        }
    }

    /** The position after the last line break; 0 if there is none. */
    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (long end = channel.size(); end > 0; end -= CHUNK) {
            long start = Math.max(0, end - CHUNK);
            chunk.clear().limit((int) (end - start));
            channel.read(chunk, start);
            for (int i = chunk.position() - 1; i >= 0; i--) {
                if (chunk.get(i) == '\n') {
                    return start + i + 1;
                }
            }
        }
        return 0;
    }
}
