package dev.listrakrelay.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts signed webhooks at a constant rate, each once, except every tenth, which it repeats. Records which of them got
 * 200.
 */
final class WebhookSender implements AutoCloseable {

    static final String SECRET = "s3cret";

    private static final int THREADS = 32;
    private static final int CONTACTS = 50;

    private final PackagedRelay relay;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final AtomicInteger sent = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<Long> millis = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();

    WebhookSender(PackagedRelay relay) {
        this.relay = relay;
    }

    WebhookSender start(int perSecond) {
        threads.scheduleAtFixedRate(
                () -> threads.execute(this::sendNext), 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
        return this;
    }

    private void sendNext() {
        int number = sent.getAndIncrement();
        String id = "w" + number;
        String body = "{\"email\":\"c%d@example.com\",\"id\":\"%s\"}".formatted(number % CONTACTS, id);
        String now = String.valueOf(Instant.now().getEpochSecond());
        post(id, body, now);
        if (number % 10 == 0) {
            post(id, body, now);
        }
    }

    private void post(String id, String body, String now) {
        long start = System.nanoTime();
        try {
            int status = relay.webhook("orders", body, now, sign(body + now));
            if (status == 200) {
                acknowledged.add(id);
            } else {
                refused.incrementAndGet();
            }
            millis.add((System.nanoTime() - start) / 1_000_000);
        } catch (IOException noAnswer) {
            // Listrak doesn't send it again either
        }
    }

    /** Signs a text, which is a body followed by its timestamp, as Listrak does. */
    static String sign(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    int sent() {
        return sent.get();
    }

    /** How many requests got another status than 200. */
    int refused() {
        return refused.get();
    }

    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** The time within which 99 of 100 requests were answered, in milliseconds. */
    long p99Millis() {
        List<Long> sorted = new ArrayList<>(millis);
        sorted.sort(null);
        return sorted.get(sorted.size() * 99 / 100);
    }

    /** Stops sending, and waits for open requests. */
    void stop() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
