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

    private static final String HAS_HAD_IT =
            "its rule names another account now, which has had it within 24 h; replay it after that if it is missing there";

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
        // one that was there before, and came back from there, would be nowhere
        return stored > 0 ? settlement(names) : new Settlement.Dead("account_changed", HAS_HAD_IT);
    }
}
