package dev.listrakrelay.sandbox;

import io.quarkus.runtime.annotations.RegisterResources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Renders the page with the received events: {@code sandbox/index.html} with the command to try filled in. */
@RegisterResources(globs = "sandbox/index.html")
final class SandboxPage {

    private static final String PLACEHOLDER = "{{send}}";

    private SandboxPage() {}

    static String render(String send) {
        return load().replace(PLACEHOLDER, escape(send));
    }

    private static String load() {
        try (InputStream page = SandboxPage.class.getResourceAsStream("/sandbox/index.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("sandbox/index.html", unreadable);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
