package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.Spools;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Puts events into the spools of the accounts whose rules send them; one that is there already is not put twice. */
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

    /** The spool of an account's events, where there is more than one account. */
    String spool(String account) {
        return accounts.named(account).settings().destination();
    }

    /** How an event is settled that these accounts' spools have. */
    Settlement settlement(Collection<String> names) {
        return new Settlement.Forwarded(
                String.join(" ", names.stream().map(this::spool).sorted().toList()));
    }

    /**
     * Puts one event there that was sorted by a mapping of before, and returns when it is on disk.
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
