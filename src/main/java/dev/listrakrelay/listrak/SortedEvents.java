package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;

/**
 * The events of a batch, sorted by account.
 *
 * @param messages a message with its events for each account
 * @param settlements how each event is settled once the accounts' spools have stored theirs
 */
record SortedEvents(List<Message> messages, Map<Event, Settlement> settlements) implements Iterable<Message> {

    @Override
    public Iterator<Message> iterator() {
        return messages.iterator();
    }
}
