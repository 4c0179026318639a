package dev.listrakrelay.packaged;

import com.rudderstack.sdk.java.analytics.RudderAnalytics;
import com.rudderstack.sdk.java.analytics.messages.AliasMessage;
import com.rudderstack.sdk.java.analytics.messages.GroupMessage;
import com.rudderstack.sdk.java.analytics.messages.IdentifyMessage;
import com.rudderstack.sdk.java.analytics.messages.PageMessage;
import com.rudderstack.sdk.java.analytics.messages.ScreenMessage;
import com.rudderstack.sdk.java.analytics.messages.TrackMessage;
import java.util.Map;

/** Makes each call of RudderStack's Java SDK, as a shop does; only {@code setDataPlaneUrl} is special. */
final class RudderJavaShop {

    static final String CONTACT = "rudder-java@example.com";

    private static final String USER = "rudder-java";

    private RudderJavaShop() {}

    static RudderAnalytics post(String url, String writeKey) {
        RudderAnalytics analytics =
                RudderAnalytics.builder(writeKey).setDataPlaneUrl(url).build();
        Map<String, ?> context = Map.of("traits", Map.of("email", CONTACT));
        analytics.enqueue(IdentifyMessage.builder().userId(USER).traits(Map.of("email", CONTACT)));
        analytics.enqueue(PageMessage.builder("Home").userId(USER).context(context));
        analytics.enqueue(ScreenMessage.builder("Cart").userId(USER).context(context));
        analytics.enqueue(GroupMessage.builder("G-1").userId(USER).context(context));
        analytics.enqueue(AliasMessage.builder("before").userId(USER).context(context));
        analytics.enqueue(TrackMessage.builder("Signed Up").userId(USER).context(context));
        analytics.enqueue(TrackMessage.builder("Product Viewed").userId(USER).context(context));
        analytics.enqueue(TrackMessage.builder("Product Added").userId(USER).context(context));
        analytics.enqueue(TrackMessage.builder("Order Completed")
                .userId(USER)
                .context(context)
                .properties(Map.of("order_id", "O-rudder-java")));
        analytics.flush();
        return analytics;
    }
}
