package dev.listrakrelay.routes;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection over which anything may be sent, which no HTTP client would do. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;

    /** @param bound how long an answer is waited for, before the test fails */
    RawConnection(URI server, Duration bound) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout((int) bound.toMillis());
    }

    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** What is answered up to an end like this. */
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

    /** All that is answered until the server closes the connection. */
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Sends no more, as a client that is gone, and returns once the server has closed the connection, too. */
    void breakOff() throws IOException {
        try (socket) {
            socket.shutdownOutput();
            readAll();
        } catch (SocketException e) {
            // closed before it had read all
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
