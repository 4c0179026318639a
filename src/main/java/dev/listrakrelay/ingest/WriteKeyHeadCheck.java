package dev.listrakrelay.ingest;

import dev.listrakrelay.http.BodyShare;
import dev.listrakrelay.http.HeadCheck;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Checks the write key in the headers before the body is read. If the key is wrong or must wait, the body is not read. */
@ApplicationScoped
public class WriteKeyHeadCheck implements HeadCheck {

    /** Paths that need a write key. */
    private static final List<String> PATHS = List.of("/v1/", "/cloudevents");

    private final WriteKey keys;

    WriteKeyHeadCheck(WriteKey keys) {
        this.keys = keys;
    }

    @Override
    public Optional<Sender> sender(String path, HttpServerRequest head) {
        Optional<Boolean> isAdmitted = keys.isAdmittedBy(head.getHeader(HttpHeaders.AUTHORIZATION));
        if (isAdmitted.isPresent() && isAdmitted.get()) {
            return Optional.of(Sender.of(BodyShare.WRITE_KEY));
        }
        boolean isNeeded = PATHS.stream().anyMatch(path::startsWith);
        return isAdmitted.isPresent() && isNeeded ? Optional.of(Sender.refused()) : Optional.empty();
    }
}
