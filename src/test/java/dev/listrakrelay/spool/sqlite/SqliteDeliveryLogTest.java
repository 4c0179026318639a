package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.listrakrelay.spool.DeliveryLog.UnsentRecord;
import dev.listrakrelay.spool.DeliveryLogOptions;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.LoggedContact;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A spool keeps the records of the delivery log until they are sent, and keeps none if the log is off. */
class SqliteDeliveryLogTest extends SqliteFixture {

    private static final int MOST_UNSENT = 10;

    @BeforeEach
    void open() {
        openWith(LoggedContact.PLAIN);
    }

    private void openWith(LoggedContact contact) {
        retention = retention.withLog(Optional.of(new DeliveryLogOptions(contact, MOST_UNSENT, "")));
        open(1);
    }

    private List<String> unsent() {
        return spool.deliveryLog().next(1_000).stream()
                .map(record -> record.json().replaceAll(".*\"messageId\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private void deliver(String... ids) {
        append(ids);
        deliver();
    }

    @Test
    void recordsAreHandedOutAgainUntilTheyAreRemoved() {
        // given
        deliver("1", "2", "3");
        List<UnsentRecord> first = spool.deliveryLog().next(2);
        assertEquals(first, spool.deliveryLog().next(2));

        // when
        SpoolUnavailable.await(spool.deliveryLog().remove(first));
        open();

        // then
        assertEquals(List.of("3"), unsent());
    }

    @Test
    void recordsThatArriveWhileOthersAreSentStay() {
        // given
        deliver("1");
        List<UnsentRecord> all = spool.deliveryLog().next(1_000);

        // when
        deliver("2");
        SpoolUnavailable.await(spool.deliveryLog().remove(all));
        List<String> left = unsent();
        SpoolUnavailable.await(spool.deliveryLog().remove(spool.deliveryLog().next(1_000)));
        deliver("3");
        SpoolUnavailable.await(spool.deliveryLog().remove(all));

        // then
        assertEquals(List.of("2"), left);
        assertEquals(List.of("3"), unsent());
    }

    @Test
    void theUnsentRecordsAndTheirAgeAreKnown() {
        // given
        Instant first = clock.instant();
        deliver("1");
        clock.advance(Duration.ofMinutes(1));

        // when
        deliver("2", "3");

        // then
        assertEquals(3, spool.deliveryLog().unsent());
        assertEquals(Optional.of(first), spool.deliveryLog().oldestUnsent());
        SpoolUnavailable.await(spool.deliveryLog().remove(spool.deliveryLog().next(1_000)));
        assertEquals(0, spool.deliveryLog().unsent());
        assertEquals(Optional.empty(), spool.deliveryLog().oldestUnsent());
        assertEquals(3, spool.deliveryLog().sent());
    }

    @Test
    void theOldestRecordsBeyondTheLimitAreLostAndCounted() {
        // given
        String[] ids = IntStream.range(0, 25).mapToObj(String::valueOf).toArray(String[]::new);

        // when
        for (String id : ids) {
            deliver(id);
        }

        // then
        assertEquals(List.of(ids).subList(15, 25), unsent());
        assertEquals(MOST_UNSENT, spool.deliveryLog().unsent());
        assertEquals(15, spool.deliveryLog().lost());
    }

    @Test
    void retentionDeletesNoUnsentRecord() {
        // given a spool that keeps no history
        deliver("1");

        // when
        clock.advance(Duration.ofDays(60));
        deliver("2");
        open();

        // then
        assertEquals(List.of("1", "2"), unsent());
    }

    @ParameterizedTest
    @EnumSource(LoggedContact.class)
    void anUnsentRecordOfAForgottenContactNoLongerSaysWhoseItIs(LoggedContact contact) {
        // given
        openWith(contact);
        deliverOf("ada@example.com", "order-1");
        deliverOf("ben@example.com", "order:ada@example.com");
        deliverOf("ben@example.com", "order-2");
        String before = spool.deliveryLog().next(1).get(0).json();

        // when
        spool.forget("ada@example.com");

        // then
        assertEquals(List.of("forgotten-1", "forgotten-2", "order-2"), unsent());
        String after = spool.deliveryLog().next(1).get(0).json();
        assertFalse(after.contains("ada@example.com"));
        assertFalse(contact == LoggedContact.HASH && after.contains(LoggedContact.HASH.of("ada@example.com")));
        assertEquals(logId(before), logId(after));
    }

    private void deliverOf(String contact, String id) {
        SpoolUnavailable.await(spool.append(
                List.of(new Event(0, id, "rest", "page", "", contact, clock.instant(), new byte[] {'{', '}'}))));
        deliver();
    }

    private static String logId(String json) {
        return json.replaceAll(".*\"logId\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void aLogThatIsOffKeepsWhatIsThereAndWritesNothing() {
        // given
        deliver("1");

        // when
        retention = retention.withLog(Optional.empty());
        open(1);
        deliver("2");

        // then
        assertEquals(List.of("1"), unsent());
    }

    @Test
    void theHashIsTheOneThatAWarehouseComputes() {
        // echo -n ada@example.com | sha256sum
        assertEquals(
                "b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72",
                LoggedContact.HASH.of("ada@example.com"));
    }
}
