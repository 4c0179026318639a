package dev.listrakrelay.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Decompresses a body that was sent with {@code Content-Encoding: gzip} or {@code x-gzip}, up to the limit of a
 * request.
 *
 * <p>The server could do so itself, but it closes the connection if the gzip is invalid. The caller would not learn
 * that its body is wrong, and would send it again.
 */
@ApplicationScoped
@Named("unpackBody")
public class UnpackBody implements Processor {

    /** @throws UnreadableRequest with status 400 or 413 */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String encoding =
                message.getHeader("Content-Encoding", "identity", String.class).strip();
        // RFC 9110, 8.4.1.3: x-gzip means gzip
        if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            message.setBody(unpacked(message.getBody(byte[].class)));
        } else if (!encoding.equalsIgnoreCase("identity")) {
            throw UnreadableRequest.malformed("Content-Encoding: unknown, expected gzip or none");
        }
    }

    private static byte[] unpacked(byte[] packed) {
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(packed == null ? new byte[0] : packed))) {
            byte[] body = gzip.readNBytes(RequestReader.MAX_REQUEST_BYTES + 1);
            if (body.length > RequestReader.MAX_REQUEST_BYTES) {
                throw UnreadableRequest.tooLarge("body: too large, expected at most " + RequestReader.MAX_REQUEST_BYTES
                        + " bytes after decompression");
            }
            return body;
        } catch (IOException e) {
            throw UnreadableRequest.malformed("body: not complete gzip, expected gzip because of the Content-Encoding");
        }
    }
}
