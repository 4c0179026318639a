package dev.listrakrelay.listrak;

import java.util.Optional;

/** The two ways to post events that Listrak's sources describe (Datafly Signal's page; the published OpenAPI). */
public enum RequestStyle {
    /** {@code POST …/Event} with {@code {"eventUid","companyId","events"}}. */
    EVENT {
        @Override
        String opening(String eventUid, String companyId) {
            return "{\"eventUid\":\"" + eventUid + "\",\"companyId\":" + companyId + ",\"events\":[";
        }

        @Override
        Optional<String> path(String eventUid) {
            return Optional.empty();
        }
    },

    /** {@code POST …/eventConfigurations/{eventUid}/events} with {@code {"events"}}. */
    EVENT_CONFIGURATIONS {
        @Override
        String opening(String eventUid, String companyId) {
            return "{\"events\":[";
        }

        @Override
        Optional<String> path(String eventUid) {
            return Optional.of(eventUid + "/events");
        }
    };

    /** The request's JSON up to its first event. */
    abstract String opening(String eventUid, String companyId);

    /** What follows the URL that the route names; empty if nothing does. */
    abstract Optional<String> path(String eventUid);
}
