package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventHistory;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.TracedEvent;
import dev.listrakrelay.spool.lane.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds events in their topic, newest first: pending events of all lanes, whichever process a lane is assigned to, and
 * settled events if this process remembers a step of them.
 */
final class KafkaHistory implements EventHistory {

    private static final String ACCEPTED = "accepted";
    private static final Set<String> UNSETTLED = Set.of(ACCEPTED, Settlement.Retry.OUTCOME, SentRequest.ATTEMPTED);
    private static final int MOST_STEPS = 1_000;

    private final PartitionReader reader;
    private final SpoolTopics topics;
    private final LaneViews views;
    private final StepRing steps;
    private final DeadLetterLog letters;
    private final Duration kept;
    private final Clock clock;

    /** @param kept how long after its last step a settled event is found */
    KafkaHistory(
            PartitionReader reader,
            SpoolTopics topics,
            LaneViews views,
            StepRing steps,
            DeadLetterLog letters,
            Duration kept,
            Clock clock) {
        this.reader = reader;
        this.topics = topics;
        this.views = views;
        this.steps = steps;
        this.letters = letters;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public List<TracedEvent> find(Search search) {
        List<TracedEvent> events = new ArrayList<>();
        walk(search, event -> events.add(event.withoutPayload()) && events.size() < search.limit());
        return events;
    }

    @Override
    public void walk(Search search, Predicate<byte[]> isOfInterest, Predicate<TracedEvent> isMoreWanted) {
        Map<Long, EventStep> last = steps.last();
        String contact = search.where().get(Search.Field.CONTACT);
        List<ReverseReader<TracedEvent>> found = IntStream.range(0, topics.lanes())
                .filter(lane -> contact == null || lane == Lane.of(contact, topics.lanes()))
                .mapToObj(lane -> found(lane, search, last, isOfInterest))
                .toList();
        boolean isMore = true;
        while (isMore) {
            Optional<ReverseReader<TracedEvent>> latest = found.stream()
                    .filter(lane -> lane.peek() != null)
                    .max(Comparator.comparingLong(lane -> lane.peek().event().seq()));
            isMore = latest.isPresent() && isMoreWanted.test(latest.get().next());
        }
    }

    private ReverseReader<TracedEvent> found(
            int lane, Search search, Map<Long, EventStep> last, Predicate<byte[]> isOfInterest) {
        LaneView view = views.now(lane);
        long first = LongStream.concat(
                        view.state().open().keySet().stream().mapToLong(offset -> offset),
                        last.keySet().stream()
                                .filter(seq -> topics.lane(seq) == lane)
                                .mapToLong(topics::offset))
                .reduce(view.state().to(), Math::min);
        long end = Math.min(view.end(), topics.offset(search.before() - lane - 1) + 1);
        return new ReverseReader<>(reader, topics.eventsOf(lane), Math.max(first, view.begin()), end, read -> {
            EventStep step = last.get(topics.seq(lane, read.offset()));
            return traced(read, view, Stream.ofNullable(step).toList())
                    .filter(traced -> isOfInterest.test(traced.event().raw()))
                    .map(KafkaHistory::inAList)
                    .filter(traced ->
                            search.finds(traced.event(), traced.steps().get(0).outcome()))
                    .orElse(null);
        });
    }

    /** Returns a copy with its last step alone, as lists show it. */
    private static TracedEvent inAList(TracedEvent traced) {
        return new TracedEvent(
                traced.event(), List.of(traced.steps().get(traced.steps().size() - 1)), traced.waiting());
    }

    /**
     * Returns an event with its steps; empty if it was forgotten, or is settled and no longer kept.
     *
     * @param known the steps of the event that this process remembers
     */
    private Optional<TracedEvent> traced(ConsumerRecord<byte[], byte[]> read, LaneView view, List<EventStep> known) {
        long seq = topics.seq(read.partition(), read.offset());
        boolean isPending = view.isPending(read.offset());
        if (letters.isForgotten(seq) || known.isEmpty() && !isPending) {
            return Optional.empty();
        }
        Event event = EventRecord.read(read, seq);
        List<EventStep> steps = new ArrayList<>(List.of(new EventStep(event.pendingSince(), ACCEPTED, "")));
        steps.addAll(known);
        EventStep last = steps.get(steps.size() - 1);
        Optional<TracedEvent.Waiting> waiting = Optional.empty();
        if (isPending) {
            Instant due = Instant.ofEpochMilli(view.due(read.offset()));
            waiting = Optional.of(new TracedEvent.Waiting(read.partition(), due));
        } else if (last.at().isBefore(clock.instant().minus(kept))) {
            return Optional.empty();
        } else if (UNSETTLED.contains(last.outcome())) {
            // another process settled it
            steps.add(new EventStep(last.at(), "settled", ""));
        }
        List<EventStep> latest = steps.subList(Math.max(0, steps.size() - MOST_STEPS), steps.size());
        return Optional.of(new TracedEvent(event, latest, waiting));
    }

    @Override
    public Optional<TracedEvent> get(long seq) {
        List<TracedEvent> found = new ArrayList<>();
        TopicPartition events = topics.eventsOf(topics.lane(seq));
        LaneView view = views.now(events.partition());
        long from = Math.max(topics.offset(seq), view.begin());
        long to = Math.min(topics.offset(seq) + 1, view.end());
        reader.read(events, from, to, read -> traced(read, view, steps.of(seq)).ifPresent(found::add));
        return found.stream().findFirst();
    }

    /** Remembers the outcomes of events as steps. */
    void settled(Map<Event, Settlement> settled, Instant at) {
        EventStep.of(settled, at).forEach((step, seqs) -> note(seqs, step));
    }

    /** Remembers requests as steps of the events that they carried. */
    void attempted(List<SentRequest> requests) {
        requests.forEach(request -> note(request.seqs(), request.step()));
    }

    private void note(List<Long> seqs, EventStep step) {
        steps.add(seqs.stream().filter(seq -> !letters.isForgotten(seq)).toList(), step);
    }

    /** Remembers as a step that events are tried again after a pause of their lane. */
    void retried(List<Long> seqs, String cause, Instant at) {
        steps.add(seqs, EventStep.cut(at, Settlement.Retry.OUTCOME, cause));
    }
}
