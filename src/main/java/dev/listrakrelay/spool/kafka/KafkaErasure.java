package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.ErasureCounts;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.engine.ErasureMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Forgets a contact in all lanes, whichever process a lane is assigned to. It deletes the identities first, so that no
 * later event gets the e-mail from them. Then it deletes the dead letters, and at last it forgets the events.
 *
 * <p>It marks a pending event by its seq. The process that delivers the lane drops the event when it is due. The
 * history no longer shows a settled event. The brokers remove the bytes from their disks later, with the segments that
 * contain them.
 */
final class KafkaErasure {

    private static final int EVENTS_AT_ONCE = 2_000;

    private final PartitionReader reader;
    private final SpoolTopics topics;
    private final LaneViews views;
    private final KafkaIdentities identities;
    private final DeadLetterLog letters;
    private final StepRing steps;

    KafkaErasure(
            PartitionReader reader,
            SpoolTopics topics,
            LaneViews views,
            KafkaIdentities identities,
            DeadLetterLog letters,
            StepRing steps) {
        this.reader = reader;
        this.topics = topics;
        this.views = views;
        this.identities = identities;
        this.letters = letters;
        this.steps = steps;
    }

    synchronized ErasureCounts forget(String email) {
        List<String> ids = identities.forget(email);
        ErasureMatcher mentions = new ErasureMatcher(email, ids);
        long dead = forgetLetters(mentions);
        // a dead letter may have been replayed as an event meanwhile
        ErasureCounts events = IntStream.range(0, topics.lanes())
                .mapToObj(lane -> forgetEvents(lane, mentions))
                .reduce(ErasureCounts.NOTHING, ErasureCounts::plus);
        steps.blank(mentions::isIn);
        letters.awaitCurrent();
        return new ErasureCounts(ids.size(), 0, 0, dead, false).plus(events);
    }

    private long forgetLetters(ErasureMatcher mentions) {
        AtomicLong count = new AtomicLong();
        letters.walk(Long.MAX_VALUE, read -> {
            List<Long> forgotten = new ArrayList<>();
            List<DeadLetter> blanked = new ArrayList<>();
            for (DeadLetter letter : read) {
                if (mentions.isAbout(letter.event()) || mentions.isIn(letter.request())) {
                    forgotten.add(letter.event().seq());
                } else if (mentions.isIn(letter.answer())) {
                    blanked.add(letter.withAnswer(""));
                }
            }
            SpoolUnavailable.await(letters.add(blanked));
            // the mark comes first, so that an event that is being replayed is dropped
            SpoolUnavailable.await(letters.markForgotten(true, forgotten));
            SpoolUnavailable.await(letters.remove(forgotten));
            count.addAndGet(forgotten.size());
            return true;
        });
        return count.get();
    }

    private ErasureCounts forgetEvents(int lane, ErasureMatcher mentions) {
        LaneView view = views.now(lane);
        List<Long> pending = new ArrayList<>();
        List<Long> settled = new ArrayList<>();
        for (long from = view.begin(); from < view.end(); from += EVENTS_AT_ONCE) {
            reader.read(topics.eventsOf(lane), from, Math.min(from + EVENTS_AT_ONCE, view.end()), read -> {
                Event event = EventRecord.read(read, topics.seq(lane, read.offset()));
                if (!letters.isForgotten(event.seq()) && mentions.isAbout(event)) {
                    (view.isPending(read.offset()) ? pending : settled).add(event.seq());
                }
            });
        }
        long shown = settled.stream().filter(seq -> !steps.of(seq).isEmpty()).count();
        SpoolUnavailable.await(letters.markForgotten(true, pending));
        // at the first record, every process deletes its steps of the event; the second one removes the mark again
        SpoolUnavailable.await(letters.markForgotten(true, settled));
        SpoolUnavailable.await(letters.markForgotten(false, settled));
        return new ErasureCounts(0, pending.size(), shown, 0, false);
    }
}
