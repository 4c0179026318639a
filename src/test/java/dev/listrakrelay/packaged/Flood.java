package dev.listrakrelay.packaged;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Opens many connections at once. Each sends the head of a request and a part of its body, and stays open. */
final class Flood implements AutoCloseable {

    private final Selector selector = Selector.open();
    private final Thread thread = new Thread(this::run, "flood");
    private volatile int sent;
    private volatile int closed;
    private volatile boolean isOver;

    /**
     * Opens the connections; each stays open until either side closes it.
     *
     * @param head the request's head, including its empty line
     * @param bytes how many bytes of the body to send
     */
    Flood(int port, int connections, String head, int bytes) throws IOException {
        byte[] body = new byte[bytes];
        Arrays.fill(body, (byte) ' ');
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < connections; i++) {
            SocketChannel connection = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            connection.configureBlocking(false);
            connection.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE, new ByteBuffer[] {
                ByteBuffer.wrap(start), ByteBuffer.wrap(body)
            });
        }
        thread.start();
    }

    /** How many connections have sent everything, or were closed before. */
    int done() {
        return sent + closed;
    }

    int closed() {
        return closed;
    }

    private void run() {
        ByteBuffer answer = ByteBuffer.allocate(65_536);
        try {
            while (!isOver) {
                selector.select(key -> turn(key, answer.clear()), 100);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void turn(SelectionKey key, ByteBuffer answer) {
        SocketChannel connection = (SocketChannel) key.channel();
        ByteBuffer[] rest = (ByteBuffer[]) key.attachment();
        try {
            if (key.isWritable()) {
                connection.write(rest);
                if (!rest[1].hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ);
                    sent++;
                }
            }
            if (key.isReadable() && connection.read(answer) < 0) {
                end(key, rest);
            }
        } catch (IOException reset) {
            end(key, rest);
        }
    }

    private void end(SelectionKey key, ByteBuffer[] rest) {
        closed++;
        if (!rest[1].hasRemaining()) {
            sent--;
        }
        key.cancel();
        close(key);
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException alreadyGone) {
            // the connection is closed already
        }
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        selector.keys().forEach(Flood::close);
        selector.close();
    }
}
