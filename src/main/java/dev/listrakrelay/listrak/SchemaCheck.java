package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.DeliveryFailure;
import dev.listrakrelay.delivery.HttpAnswer;
import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.Rule;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.jboss.logging.Logger;

/**
 * Reads the schema of each custom event of the mapping and the accounts from Listrak, and compares it with the mapping. If
 * Listrak is unavailable, the previous schema counts. If Listrak rejects the credentials, the check parks the destination, even
 * before the first event. The log shows the first answer about each custom event.
 */
@ApplicationScoped
public class SchemaCheck {

    private static final Logger LOG = Logger.getLogger(SchemaCheck.class);

    private final Accounts accounts;
    private final CurrentMapping mapping;
    private final Contracts contracts;
    private final FluentProducerTemplate camel;
    private final Clock clock;
    private final SchemaFile file;
    private final Set<CustomEvent> answered = new HashSet<>();
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();

    SchemaCheck(
            Accounts accounts,
            CurrentMapping mapping,
            Contracts contracts,
            CamelContext camel,
            Clock clock,
            SpoolConfig spool) {
        this.accounts = accounts;
        this.mapping = mapping;
        this.contracts = contracts;
        this.camel = camel.createFluentProducerTemplate();
        this.clock = clock;
        this.file = new SchemaFile(spool.dir().resolve("schemas.json"));
    }

    /** Checks all custom events now, and returns whether Listrak answered about all of them. */
    public synchronized boolean run() {
        List<Rule> rules = mapping.get().rules();
        Map<CustomEvent, Contract> all = contracts.replace(inUse(rules));
        all.forEach((event, contract) -> {
            List<Rule> eventRules = rules.stream()
                    .filter(rule -> rule.customEvent().filter(event::equals).isPresent())
                    .toList();
            if (contract.checked().isEmpty()) {
                file.get(contract.name()).ifPresent(saved -> contract.update(saved.schema(), saved.at(), eventRules));
            }
            check(event, contract, eventRules);
        });
        file.write();
        contracts.logNew();
        return all.values().stream().allMatch(contract -> contract.lastFailure().isEmpty());
    }

    /** Returns the custom events of the rules and of the accounts, with their names for operators. */
    private Map<CustomEvent, String> inUse(List<Rule> rules) {
        Map<CustomEvent, String> inUse = new LinkedHashMap<>();
        rules.stream()
                .flatMap(rule -> rule.customEvent().stream())
                .forEach(event ->
                        inUse.put(event, accounts.named(event.account()).settings() + " " + uid(event)));
        accounts.all().stream()
                .map(account -> account.settings().defaultEvent())
                .forEach(event ->
                        inUse.put(event, accounts.named(event.account()).settings() + " " + uid(event)));
        return inUse;
    }

    private String uid(CustomEvent event) {
        return event.eventUid()
                .orElseGet(() -> accounts.named(event.account()).settings().eventUid())
                .toString();
    }

    private void check(CustomEvent event, Contract contract, List<Rule> rules) {
        Account account = accounts.named(event.account());
        if (account.destination().parked().isPresent()
                || account.destination().askedToWaitUntil().isPresent()) {
            contract.failed(account.settings() + ": parked, or asked the relay to wait");
            return;
        }
        try {
            HttpAnswer answer = ask(account, uid(event));
            Instant now = clock.instant();
            switch (answer.status()) {
                case 403 -> contract.refused("no_access", account.hints().get(403), now);
                case 404 ->
                    contract.refused(
                            "unknown_event",
                            "Listrak has no such custom event, "
                                    + account.hints().get(404),
                            now);
                default -> {
                    contract.update(EventSchema.read(answer.body()), now, rules);
                    file.put(contract.name(), answer.body(), now);
                    logFirst(event, account.settings(), contract);
                }
            }
        } catch (DeliveryFailure.Closed e) {
            account.destination().park(e.getMessage());
            contract.failed(e.getMessage());
        } catch (DeliveryFailure | IOException e) {
            contract.failed(String.valueOf(e.getMessage()));
            if (!answered.contains(event) && lines.isDue(contract.name())) {
                LOG.warnf("%s: mapping not checked, %s; the relay tries again", contract.name(), e.getMessage());
            }
        }
    }

    private void logFirst(CustomEvent event, AccountSettings account, Contract contract) {
        if (answered.add(event)) {
            LOG.infof(
                    "%s: Listrak accepts the credentials of integration %s; %s",
                    account, account.shortClientId(), contract.summary());
        }
    }

    /** Asks Listrak for a schema. If Listrak rejects the token, fetches a new token and asks once more. */
    private HttpAnswer ask(Account account, String uid) {
        try {
            return askOnce(account, uid);
        } catch (DeliveryFailure.Unauthorized e) {
            return askOnce(account, uid);
        }
    }

    private HttpAnswer askOnce(Account account, String uid) {
        Exchange answer = camel.to("direct:schema")
                .withProcessor(exchange -> {
                    SpoolExchange.set(exchange, account.destination());
                    exchange.getMessage().setBody(uid);
                })
                .send();
        if (answer.getException() instanceof DeliveryFailure failure) {
            throw failure;
        }
        if (answer.getException() != null) {
            throw new DeliveryFailure.Unreachable(String.valueOf(answer.getException()));
        }
        return answer.getMessage().getBody(HttpAnswer.class);
    }
}
