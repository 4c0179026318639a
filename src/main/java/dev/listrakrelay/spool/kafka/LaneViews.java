package dev.listrakrelay.spool.kafka;

/** Tells what is pending in a lane: of ours from memory, of another process's from its ledger. */
final class LaneViews {

    private final SpoolTopics topics;
    private final PartitionReader reader;
    private final Lanes lanes;

    LaneViews(SpoolTopics topics, PartitionReader reader, Lanes lanes) {
        this.topics = topics;
        this.reader = reader;
        this.lanes = lanes;
    }

    LaneView of(int lane) {
        long begin = reader.begin(topics.eventsOf(lane));
        return lanes.get(lane).map(ours -> ours(ours.lane(), begin)).orElseGet(() -> anothers(lane, begin));
    }

    /** What another process stored in it is there, though it may not have been read yet. */
    private LaneView ours(OwnedLane lane, long begin) {
        lane.endsAt(reader.end(topics.eventsOf(lane.number())));
        return lane.view(begin);
    }

    private LaneView anothers(int lane, long begin) {
        LaneBook book = new LaneBook();
        reader.read(
                topics.ledgerOf(lane),
                reader.begin(topics.ledgerOf(lane)),
                reader.end(topics.ledgerOf(lane)),
                written -> book.read(written.key(), written.value()));
        return LaneView.of(topics, begin, book.head(), reader.end(topics.eventsOf(lane)), book.open());
    }
}
