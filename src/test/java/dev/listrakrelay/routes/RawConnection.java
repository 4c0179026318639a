package dev.listrakrelay.routes;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A TCP connection for sending any bytes, also those that no HTTP client sends. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;

    /** @param bound how long to wait for an answer before the test fails */
    RawConnection(URI server, Duration bound) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout((int) bound.toMillis());
    }

    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads the answer up to this text. */
    String readUntil(String end) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after: " + answer);
            }
            answer.append((char) next);
        }
        return answer.toString();
    }

    /** Reads until the server closes the connection. */
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Stops sending, as a client does that is gone, and waits until the server has closed the connection. */
    void breakOff() throws IOException {
        try (socket) {
            socket.shutdownOutput();
            readAll();
        } catch (SocketException e) {
            // the server closed the connection before it read everything
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
