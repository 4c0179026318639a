package dev.listrakrelay.bench;

import io.vertx.core.json.JsonObject;

/**
 * What the sink has received since its counts were reset.
 *
 * @param events events, counted in the bodies
 * @param requests requests with these events
 * @param lastMillis when the last request had arrived, in milliseconds since 1970
 */
record SinkCount(long events, long requests, long lastMillis) {

    static SinkCount of(String json) {
        JsonObject read = new JsonObject(json);
        return new SinkCount(read.getLong("events"), read.getLong("requests"), read.getLong("lastMillis"));
    }
}
