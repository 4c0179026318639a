package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.Spools;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Stores events in the spools of the accounts whose rules send them. A spool that has the event already ignores it. */
@ApplicationScoped
public class ForwardToAccounts {

    private static final String STORED_BEFORE =
            "account: changed by the mapping, and the new account's spool stored this event within the last 24 h;"
                    + " if the event is missing there, replay it after 24 h";

    private final Accounts accounts;
    private final Spools spools;

    ForwardToAccounts(Accounts accounts, Spools spools) {
        this.accounts = accounts;
        this.spools = spools;
    }

    /** Returns the name of an account's spool; only with several accounts. */
    String spool(String account) {
        return accounts.named(account).settings().destination();
    }

    /** Returns the settlement of an event that is stored in the spools of these accounts. */
    Settlement settlement(Collection<String> names) {
        return new Settlement.Forwarded(
                String.join(" ", names.stream().map(this::spool).sorted().toList()));
    }

    /**
     * Stores an event whose account changed with the mapping, and returns when the event is on disk.
     *
     * @throws SpoolUnavailable if it could not be written
     */
    Settlement append(Event event, Collection<String> names) {
        int stored = 0;
        for (String name : names) {
            stored += SpoolUnavailable.await(spools.named(spool(name)).append(List.of(event)));
        }
        // a spool that stored the event before ignores it, so the event could be in no spool
        return stored > 0 ? settlement(names) : new Settlement.Dead("account_changed", STORED_BEFORE);
    }
}
