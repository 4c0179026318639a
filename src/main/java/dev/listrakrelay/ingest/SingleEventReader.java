package dev.listrakrelay.ingest;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.StandInIds;
import java.time.Instant;
import java.util.List;

/** Reads one event as a live source would, without storing it. */
public final class SingleEventReader {

    private SingleEventReader() {}

    /**
     * @param json one event with its type
     * @param contactPaths the mapping's e-mail paths, each a list of field names
     * @param standIns ids that belong to no contact, such as {@code undefined}
     * @throws UnreadableRequest if the event would be rejected
     */
    public static Event read(byte[] json, List<List<String>> contactPaths, StandInIds standIns, Instant now) {
        IntakeResult intake = new RequestReader(contactPaths, standIns)
                .read(json, TrackingCalls.EVENTS, RequestSource.explained(now));
        if (!intake.rejected().isEmpty()) {
            throw UnreadableRequest.malformed(intake.rejected().get(0).reason());
        }
        if (intake.events().size() != 1) {
            throw UnreadableRequest.malformed(
                    "body: expected one event, found " + intake.events().size());
        }
        return intake.events().get(0);
    }
}
