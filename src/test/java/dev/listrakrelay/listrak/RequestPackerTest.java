package dev.listrakrelay.listrak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.Identifier;
import dev.listrakrelay.mapping.IdentifierType;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.mapping.UnknownOutcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many deliveries a request takes; {@code AnyRequestTest} is about its size and its contacts. */
class RequestPackerTest {

    @Test
    void aRequestHasNoMoreEventsThanMayLeaveInASecond() {
        // given
        RequestPacker packer = RequestPacker.of(account(Optional.of(4L)));
        List<Delivery> pending = deliveries(10);

        // when
        List<Integer> sizes = new ArrayList<>();
        while (!pending.isEmpty()) {
            sizes.add(packer.pack(pending).deliveries().size());
        }

        // then
        assertEquals(List.of(4, 4, 2), sizes);
    }

    @Test
    void withoutALimitARequestTakesAll() {
        // given
        RequestPacker packer = RequestPacker.of(account(Optional.empty()));

        // when
        ListrakRequest request = packer.pack(deliveries(10));

        // then
        assertEquals(10, request.deliveries().size());
    }

    private static List<Delivery> deliveries(int number) {
        return new LinkedList<>(IntStream.range(0, number)
                .mapToObj(i -> new Delivery(null, listrakEvent(i + "@example.com")))
                .toList());
    }

    private static ListrakEvent listrakEvent(String email) {
        return new ListrakEvent(
                List.of(new Identifier(IdentifierType.EMAIL, email, "$.email")),
                CustomEvent.CONFIGURED,
                "{}".getBytes(StandardCharsets.UTF_8),
                UnknownOutcome.RETRY);
    }

    private static AccountSettings account(Optional<Long> maxEventsPerSecond) {
        URI url = URI.create("http://localhost");
        return new AccountSettings(
                "listrak", "id", "secret", 1, new UUID(0, 1), url, url, RequestStyle.EVENT, maxEventsPerSecond);
    }
}
