package dev.listrakrelay.bench;

import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingFile;
import dev.listrakrelay.mapping.MappingResult;
import dev.listrakrelay.spool.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures how long the mapping of one event of 500 bytes takes on one core, from the event's bytes to Listrak's JSON.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MappingBenchmark {

    private static final String CONTACT = "contact: {email: [$.context.traits.email, $.traits.email]}\n";

    private static final String OTHER_RULES =
            """
              - {when: {type: page}, event_name: page_view}
              - {when: {type: track, event: Signed Up}, event_name: sign_up}
              - {when: {type: track, event: Product Viewed}, event_name: view_item}
              - {when: {type: track, event: Product Added}, event_name: add_to_cart}
              - {when: {type: track, event: [Cart Viewed, Cart Shared]}, event_name: cart}
              - {when: {type: track, event: Products Searched}, event_name: search}
              - {when: {type: track, event: "Coupon *"}, event_name: coupon}
              - {when: {type: screen}, event_name: screen_view}
              - {when: {type: track, event: Order Refunded}, drop: refund}
            """;

    private static final String TEN_FIELDS =
            """
              - when: {type: track, event: Order Completed, where: {path: $.properties.test, is: false}}
                event_name: purchase
                consent: $.context.consent.marketing
                fields:
                  only: [order_id, revenue, shipping, tax, currency]
                  rename: {revenue: value}
                  set:
                    campaign: $.context.campaign.source
                    channel: web
                    coupon: {path: $.properties.coupon, default: none}
                    items: {path: $.properties.products, as: String}
                    ordered_at: {path: $.timestamp, as: Date}
                  convert: {shipping: Double, tax: Double}
            """;

    private final Mapping tenFields = mapping("events:\n" + OTHER_RULES + TEN_FIELDS);
    private final Mapping copied = mapping(
            "events:\n" + OTHER_RULES + "  - {when: {type: track, event: Order Completed}, event_name: purchase}\n");
    private final Event order = event(
            """
            {"type":"track","event":"Order Completed","messageId":"0f3c1b1e-7a52","timestamp":"2026-06-06T12:34:56.789Z",\
            "context":{"traits":{"email":"User@Example.com"},"campaign":{"source":"newsletter"},"consent":{"marketing":true}},\
            "properties":{"order_id":"ORD-10428","revenue":129.99,"shipping":"4.90","tax":10.40,"currency":"USD","test":false,\
            "products":[{"sku":"A-1","name":"Shirt","price":19.90,"quantity":2},{"sku":"B-2","name":"Shoes","price":90.19,\
            "quantity":1}],"note":"to be left at the door"}}""");

    /** Ten rules: the last one matches, checks a condition and consent, and makes ten fields. */
    @Benchmark
    public List<MappingResult> tenRulesAndTenFields() {
        return tenFields.map(order);
    }

    /** Ten rules: the last one matches and copies all properties. */
    @Benchmark
    public List<MappingResult> tenRulesAndAllProperties() {
        return copied.map(order);
    }

    static void run() throws Exception {
        new Runner(new OptionsBuilder()
                        .include(MappingBenchmark.class.getSimpleName())
                        .build())
                .run();
    }

    private static Mapping mapping(String rules) {
        return MappingFile.read("bench.mapping.yaml", (CONTACT + rules).getBytes(StandardCharsets.UTF_8));
    }

    private static Event event(String json) {
        byte[] raw = json.strip().getBytes(StandardCharsets.UTF_8);
        return new Event(1, "m-1", "bench", "track", "Order Completed", "user@example.com", Instant.EPOCH, raw);
    }
}
