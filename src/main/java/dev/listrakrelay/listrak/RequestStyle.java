package dev.listrakrelay.listrak;

/** The two ways to post events that Listrak's sources describe (Datafly Signal's page; the published OpenAPI). */
public enum RequestStyle {
    /** {@code POST …/Event} with {@code {"eventUid","companyId","events"}}. */
    EVENT {
        @Override
        String opening(ListrakConfig config) {
            return "{\"eventUid\":\"" + config.eventUid() + "\",\"companyId\":" + config.companyId() + ",\"events\":[";
        }
    },

    /** {@code POST …/eventConfigurations/{eventUid}/events} with {@code {"events"}}. */
    EVENT_CONFIGURATIONS {
        @Override
        String opening(ListrakConfig config) {
            return "{\"events\":[";
        }
    };

    /** The request's JSON up to its first event. */
    abstract String opening(ListrakConfig config);
}
