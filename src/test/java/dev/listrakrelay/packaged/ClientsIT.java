package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.rudderstack.sdk.java.analytics.RudderAnalytics;
import com.segment.analytics.Analytics;
import com.segment.analytics.messages.AliasMessage;
import com.segment.analytics.messages.GroupMessage;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.PageMessage;
import com.segment.analytics.messages.ScreenMessage;
import com.segment.analytics.messages.TrackMessage;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unchanged SDKs, configured only with the relay's address, post a shop's events, and all of them arrive mapped. */
class ClientsIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    /** The events that arrive; the default mapping has no rule for the shop's other events. */
    private static final Matcher<Iterable<? extends String>> SHOPPING =
            contains("page_view", "sign_up", "view_item", "add_to_cart", "purchase");

    @BeforeEach
    void start() {
        relay.start();
    }

    @Test
    void segmentsNodeSdkPostsToUs() {
        // given
        NpmClients.assumeInstalled();

        // when
        NpmClients.run("segment-node.mjs", relay.url(), "key");

        // then
        arrives("segment-node@example.com");
        assertThat(
                listrak.dataFields("O-1").get(0),
                containsString("\"products\":\"[{\\\"product_id\\\":\\\"P-1\\\"}]\""));
        assertThat(listrak.dataFields("O-1").get(0), containsString("\"event_time\":\"2026-06-06T12:34:5"));
    }

    @Test
    void rudderStacksNodeSdkPostsToUs() {
        // given
        NpmClients.assumeInstalled();

        // when
        NpmClients.run("rudder-node.mjs", relay.url(), "key");

        // then
        arrives("rudder-node@example.com");
    }

    @Test
    void segmentsOlderNodeSdkPostsToUs() {
        // given
        NpmClients.assumeInstalled();

        // when
        NpmClients.run("analytics-node.mjs", relay.url(), "key");

        // then
        arrives("analytics-node@example.com");
    }

    @Test
    void rudderStacksJavaSdkPostsToUs() {
        // when
        RudderAnalytics analytics = RudderJavaShop.post(relay.url(), "key");

        // then
        arrives(RudderJavaShop.CONTACT);
        analytics.shutdown();
    }

    @Test
    void segmentsJavaSdkPostsToUs() {
        // given
        Analytics analytics =
                Analytics.builder("key").endpoint(relay.url()).flushQueueSize(9).build();
        Map<String, ?> context = Map.of("traits", Map.of("email", "segment-java@example.com"));

        // when
        analytics.enqueue(IdentifyMessage.builder().userId("java").traits(Map.of("plan", "gold")));
        analytics.enqueue(PageMessage.builder("Home").userId("java").context(context));
        analytics.enqueue(ScreenMessage.builder("Cart").userId("java").context(context));
        analytics.enqueue(GroupMessage.builder("G-1").userId("java").context(context));
        analytics.enqueue(AliasMessage.builder("before").userId("java").context(context));
        analytics.enqueue(TrackMessage.builder("Signed Up").userId("java").context(context));
        analytics.enqueue(TrackMessage.builder("Product Viewed").userId("java").context(context));
        analytics.enqueue(TrackMessage.builder("Product Added").userId("java").context(context));
        analytics.enqueue(TrackMessage.builder("Order Completed")
                .userId("java")
                .context(context)
                .properties(Map.of("order_id", "O-java")));
        analytics.flush();

        // then
        arrives("segment-java@example.com");
        analytics.shutdown();
    }

    private void arrives(String contact) {
        Awaitility.await().atMost(BOUND).until(() -> listrak.eventNames(contact).size() >= 5);
        awaitNothingPending(BOUND);
        assertThat(listrak.eventNames(contact), SHOPPING);
        assertThat("every call", relay.metric("listrak_relay_accepted_total"), is(9L));
        assertThat("rejected", relay.metric("listrak_relay_rejected_total"), is(0L));
    }
}
