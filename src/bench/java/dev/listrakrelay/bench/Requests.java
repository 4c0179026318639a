package dev.listrakrelay.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the requests of one run: "Order Completed" events of about 500 bytes, each with its own id and one of 10,000
 * contacts. Every event has the same length, so one request is laid out once, and then only its digits change.
 */
final class Requests {
    static final int CONTACTS = 10_000;
    private static final String ID = "#############";
    private static final String CONTACT = "$$$$$";
    private static final String EVENT = "{\"type\":\"track\",\"event\":\"Order Completed\",\"messageId\":\"bench-" + ID
            + "\",\"userId\":\"user-" + CONTACT
            + "\",\"timestamp\":\"2026-06-06T12:34:56.789Z\",\"context\":{\"library\":"
            + "{\"name\":\"analytics.js\",\"version\":\"4.2.1\"},\"ip\":\"203.0.113.7\",\"locale\":\"en-US\",\"traits\":"
            + "{\"email\":\"User" + CONTACT + "@Example.com\"}},\"properties\":{\"order_id\":\"ORD-" + ID
            + "\",\"revenue\":129.99,\"shipping\":4.5,\"currency\":\"USD\",\"coupon\":\"SPRING-26\",\"products\":"
            + "[{\"sku\":\"SKU-1042\",\"name\":\"Trail running shoe\",\"price\":129.99,\"quantity\":1}]}}";

    private static final int MESSAGE_ID = EVENT.indexOf(ID);
    private static final int ORDER_ID = EVENT.lastIndexOf(ID);
    private static final int USER_ID = EVENT.indexOf(CONTACT);
    private static final int EMAIL = EVENT.indexOf(CONTACT, USER_ID + 1);

    private final SplittableRandom random = new SplittableRandom(42);
    private final int eventsPerRequest;
    private final boolean isPacked;
    private final String head;
    private final byte[] request;
    private final int bodyStart;
    private long sequence;

    /**
     * @param path where to post, such as {@code /v1/batch}
     * @param eventsPerRequest 1 posts the event itself, more post {@code {"batch":[…]}}
     * @param isPacked whether bodies are compressed with gzip, as RudderStack's SDKs do
     */
    Requests(String path, int eventsPerRequest, boolean isPacked) {
        this.eventsPerRequest = eventsPerRequest;
        this.isPacked = isPacked;
        String events = (EVENT + ",").repeat(eventsPerRequest - 1) + EVENT;
        String body = eventsPerRequest == 1 ? events : "{\"batch\":[" + events + "]}";
        head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic " + credentials()
                + "\r\nContent-Type: application/json\r\n" + (isPacked ? "Content-Encoding: gzip\r\n" : "")
                + "Content-Length: ";
        String start = isPacked ? "" : head(body.length());
        request = (start + body).getBytes(StandardCharsets.US_ASCII);
        bodyStart = start.length() + (eventsPerRequest == 1 ? 0 : "{\"batch\":[".length());
    }

    /** The next request with its HTTP head; valid until the next call. */
    byte[] next() {
        fill();
        return isPacked ? packed() : request;
    }

    private void fill() {
        for (int i = 0; i < eventsPerRequest; i++) {
            int start = bodyStart + i * (EVENT.length() + 1);
            long id = sequence++;
            int contact = random.nextInt(CONTACTS);
            digits(start + MESSAGE_ID, ID.length(), id);
            digits(start + ORDER_ID, ID.length(), id);
            digits(start + USER_ID, CONTACT.length(), contact);
            digits(start + EMAIL, CONTACT.length(), contact);
        }
    }

    private String head(int bytes) {
        return head + bytes + "\r\n\r\n";
    }

    private byte[] packed() {
        ByteArrayOutputStream body = new ByteArrayOutputStream(request.length);
        try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
            gzip.write(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(body.size() + 256);
        packed.writeBytes(head(body.size()).getBytes(StandardCharsets.US_ASCII));
        packed.writeBytes(body.toByteArray());
        return packed.toByteArray();
    }

    /** The next event alone, without HTTP; only for requests of one event. */
    byte[] nextEvent() {
        fill();
        return Arrays.copyOfRange(request, bodyStart, request.length);
    }

    private void digits(int start, int length, long number) {
        long rest = number;
        for (int at = start + length - 1; at >= start; at--) {
            request[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static String credentials() {
        return Base64.getEncoder().encodeToString((Programs.WRITE_KEY + ":").getBytes(StandardCharsets.US_ASCII));
    }
}
