package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolRefused;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Makes a lane ours that the group gave us: writes our epoch, so that nothing a former owner writes later counts, brings
 * back from the ledger how the lane stands, and from its events which ids are known.
 */
final class BringBack {

    private static final Logger LOG = Logger.getLogger(BringBack.class);
    private static final byte[] NOTHING = {};
    private static final long PATIENCE_SECONDS = 15;

    private final SpoolTopics topics;
    private final Producer<byte[], byte[]> producer;
    private final PartitionReader reader;
    private final int rememberedIds;
    private final SecureRandom random = new SecureRandom();

    /** How a lane stands; which ids were settled last, and which are last among those that may be pending. */
    record Stand(
            LaneBook book,
            LedgerKey epoch,
            long begun,
            RecentIds settled,
            RecentIds pending,
            Map<Long, Long> replays,
            long end) {}

    BringBack(SpoolTopics topics, Producer<byte[], byte[]> producer, PartitionReader reader, int rememberedIds) {
        this.topics = topics;
        this.producer = producer;
        this.reader = reader;
        this.rememberedIds = rememberedIds;
    }

    /** @throws SpoolRefused if events that a ledger tells of are not there: what came in their stead would count as settled */
    void check() {
        for (int lane = 0; lane < topics.lanes(); lane++) {
            LaneBook book = new LaneBook();
            readOn(book, lane, reader.begin(topics.ledgerOf(lane)));
            check(lane, book, reader.end(topics.eventsOf(lane)));
        }
    }

    private void check(int lane, LaneBook book, long end) {
        long head = topics.offset(book.head()) + 1;
        if (end < head) {
            throw new SpoolRefused(
                    "spool: " + topics.eventsOf(lane) + " ends at " + end + ", expected " + head
                            + " or more, as its ledger says: the topic was made anew, or the cluster lost some of it;"
                            + " delete the topics of the spool together",
                    null);
        }
    }

    /** @throws SpoolUnavailable if it can't be read or written */
    Stand lane(int lane) {
        LaneBook book = new LaneBook();
        long read = readOn(book, lane, reader.begin(topics.ledgerOf(lane)));
        while (true) {
            LedgerKey epoch = new LedgerKey(LedgerKey.Kind.EPOCH, book.epoch() + 1, random.nextLong(), 0);
            long begun = write(lane, epoch);
            read = readOn(book, lane, read, begun + 1);
            if (book.isOf(epoch.owner())) {
                return stand(lane, book, epoch, begun);
            }
        }
    }

    private Stand stand(int lane, LaneBook book, LedgerKey epoch, long begun) {
        long begin = reader.begin(topics.eventsOf(lane));
        long end = reader.end(topics.eventsOf(lane));
        long head = topics.offset(book.head()) + 1;
        check(lane, book, end);
        if (begin > head) {
            LOG.errorf(
                    "%s begins at %d, expected %d or less, as its ledger says: %d events were deleted undelivered",
                    topics.eventsOf(lane), begin, head, begin - head);
        }
        Map<Long, Long> replays = new HashMap<>();
        return new Stand(
                book,
                epoch,
                begun,
                ids(lane, Math.max(begin, head - rememberedIds), head, replays),
                ids(lane, Math.max(head, end - rememberedIds), end, replays),
                replays,
                end);
    }

    private long readOn(LaneBook book, int lane, long from) {
        return readOn(book, lane, from, reader.end(topics.ledgerOf(lane)));
    }

    private long readOn(LaneBook book, int lane, long from, long to) {
        reader.read(topics.ledgerOf(lane), from, to, written -> book.read(written.key(), written.value()));
        return to;
    }

    private long write(int lane, LedgerKey epoch) {
        try {
            return producer.send(new ProducerRecord<>(topics.ledger(), lane, epoch.written(), NOTHING))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SpoolUnavailable("spool: lane " + lane + " not brought back", e);
        } catch (Exception e) {
            throw new SpoolUnavailable("spool: " + topics.ledgerOf(lane) + " can't be written, " + e.getMessage(), e);
        }
    }

    private RecentIds ids(int lane, long from, long to, Map<Long, Long> replays) {
        RecentIds ids = new RecentIds(rememberedIds);
        reader.read(topics.eventsOf(lane), from, to, written -> {
            ids.isFirst(EventRecord.id(written), written.timestamp());
            if (EventRecord.isReplay(written)) {
                replays.putIfAbsent(EventRecord.letter(written), topics.seq(lane, written.offset()));
            }
        });
        return ids;
    }
}
