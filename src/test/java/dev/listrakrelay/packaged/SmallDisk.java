package dev.listrakrelay.packaged;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system for one test, mounted in a folder; needs root. */
final class SmallDisk implements AutoCloseable {

    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /** A file system in memory, with this many MiB. */
    static SmallDisk inMemory(Path root, int mebibytes) {
        folder(root);
        Machine.run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", root.toString());
        return new SmallDisk(root);
    }

    /** A new file system in an image file; data without fsync reaches the file only after minutes. */
    static SmallDisk onNewImage(Path image, Path root, int mebibytes) {
        Machine.run("truncate", "-s", mebibytes + "M", image.toString());
        Machine.run("mkfs.ext4", "-q", "-F", image.toString());
        return onImage(image, root);
    }

    /** The file system in an existing image file. */
    static SmallDisk onImage(Path image, Path root) {
        folder(root);
        Machine.run("mount", "-o", "loop,commit=300", image.toString(), root.toString());
        return new SmallDisk(root);
    }

    private static void folder(Path root) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    /** Fills the disk with a file. */
    void fill() {
        fillExcept(0);
    }

    /** Fills the disk with a file until it has this many bytes left. */
    void fillExcept(long bytes) {
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            byte[] page = new byte[4096];
            while (root.toFile().getUsableSpace() > bytes) {
                ballast.write(page);
            }
        } catch (IOException full) {
            // the disk is full, as it should be
        }
    }

    /** Deletes the file that fills the disk. */
    void free() {
        try {
            Files.delete(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return root.resolve("ballast");
    }

    @Override
    public void close() {
        Machine.run("umount", "-l", root.toString());
    }
}
