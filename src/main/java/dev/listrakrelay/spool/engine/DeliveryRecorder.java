package dev.listrakrelay.spool.engine;

import dev.listrakrelay.spool.DeliveryLogOptions;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.LoggedContact;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.LongToIntFunction;

/**
 * Makes the records of the delivery log from the outcomes of a spool. It makes none if the log is off.
 *
 * <p>The id of a record comes from the event: its spool, seq and arrival. So if an outcome is written twice, both
 * records have the same id.
 */
public final class DeliveryRecorder {

    private final String spool;
    private final Optional<LoggedContact> contacts;

    public DeliveryRecorder(String spool, Optional<DeliveryLogOptions> options) {
        this.spool = spool;
        this.contacts = options.map(DeliveryLogOptions::contact);
    }

    public boolean isOn() {
        return contacts.isPresent();
    }

    /**
     * Returns a record for each event that is settled for good, in order. An event that is tried again gets none.
     *
     * @param requests the requests since the last outcomes
     * @param attempts how often an event was retried before
     */
    public List<DeliveryRecord> settled(
            Map<Event, Settlement> settled,
            List<SentRequest> requests,
            LongToIntFunction attempts,
            LongPredicate isForgotten,
            Instant at) {
        if (!isOn()) {
            return List.of();
        }
        Map<Long, String> destinations = new HashMap<>();
        requests.forEach(request -> request.seqs().forEach(seq -> destinations.put(seq, request.destination())));
        List<DeliveryRecord> records = new ArrayList<>();
        settled.forEach((event, settlement) -> {
            if (!(settlement instanceof Settlement.Retry)) {
                DeliveryRecord record = record(
                        id(event),
                        event,
                        destinations.getOrDefault(event.seq(), ""),
                        EventStep.of(settlement, at),
                        attempts.applyAsInt(event.seq()));
                records.add(isForgotten.test(event.seq()) ? record.forgotten() : record);
            }
        });
        return records;
    }

    /**
     * Returns the record of a dead letter or a dropped event that is replayed; empty if the log is off.
     *
     * @param event with the seq of the dead letter or the dropped event
     * @param reason why it was dead or dropped
     */
    public Optional<DeliveryRecord> replayed(Event event, String reason, Instant at) {
        return isOn()
                ? Optional.of(record(id(event) + "-replayed", event, "", new EventStep(at, "replayed", reason), 0))
                : Optional.empty();
    }

    private DeliveryRecord record(String logId, Event event, String destination, EventStep outcome, int attempts) {
        boolean hasContact = !event.contact().equals(event.messageId());
        String hash = hasContact ? LoggedContact.HASH.of(event.contact()) : "";
        LoggedContact form = contacts.orElseThrow();
        String contact = !hasContact ? "" : form == LoggedContact.HASH ? hash : form.of(event.contact());
        return DeliveryRecord.of(logId, spool, event, contact, hash, destination, outcome, attempts);
    }

    private String id(Event event) {
        return spool + "-" + event.seq() + "-" + event.receivedAt().toEpochMilli();
    }
}
