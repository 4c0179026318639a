package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventHistory;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.TracedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what this process did to events; a stub. */
final class KafkaHistory implements EventHistory {

    void accepted(long seq, Event event, long at) {}

    void settled(Map<Event, Settlement> settled, Instant at) {}

    void retried(List<Long> seqs, String cause, Instant at) {}

    @Override
    public List<TracedEvent> find(Search search) {
        return List.of();
    }

    @Override
    public Optional<TracedEvent> get(long seq) {
        return Optional.empty();
    }
}
