package dev.listrakrelay.listrak;

/** The two request formats that Listrak's sources describe (Datafly Signal's page; the published OpenAPI). */
public enum RequestStyle {
    /** {@code POST …/Event} with {@code {"eventUid","companyId","events"}}. */
    EVENT {
        @Override
        String opening(String eventUid, String companyId) {
            return "{\"eventUid\":\"" + eventUid + "\",\"companyId\":" + companyId + ",\"events\":[";
        }

        @Override
        String path(String eventUid) {
            return "Event";
        }
    },

    /** {@code POST …/eventConfigurations/{eventUid}/events} with {@code {"events"}}. */
    EVENT_CONFIGURATIONS {
        @Override
        String opening(String eventUid, String companyId) {
            return "{\"events\":[";
        }

        @Override
        String path(String eventUid) {
            return "eventConfigurations/" + eventUid + "/events";
        }
    };

    /** Returns the JSON of the request before its first event. */
    abstract String opening(String eventUid, String companyId);

    /** Returns the path after the API's URL. */
    abstract String path(String eventUid);
}
