package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events from Segment's SDK in a browser, on a page of another origin, arrive mapped. Needs chromium. */
@Tag("browser")
class BrowserIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final String EMAIL = "visitor@example.com";

    private ShopPage shop;

    @BeforeEach
    void openTheShop() {
        Machine.assumeInstalled("chromium");
        NpmClients.assumeInstalled();
        shop = new ShopPage();
    }

    @AfterEach
    void closeTheShop() {
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void aVisitToAShopArrives() {
        // given
        relay.with("QUARKUS_HTTP_CORS_ENABLED", "true")
                .with("QUARKUS_HTTP_CORS_ORIGINS", shop.origin())
                .start();

        // when
        String page = visit("shop");

        // then
        await().atMost(BOUND).until(() -> listrak.eventNames(EMAIL).size() >= 6);
        awaitNothingPending(BOUND);
        assertThat(page, containsString("id=\"done\""));
        assertThat(page, not(containsString("class=\"failed\"")));
        assertThat(
                listrak.eventNames(EMAIL),
                contains("page_view", "sign_up", "view_item", "add_to_cart", "purchase", "view_item"));
        assertThat(listrak.dataFields("O-browser").get(0), containsString("\"revenue\":129.9"));
        assertThat(listrak.dataFieldsOf(EMAIL).get(5), containsString("P-beacon"));
    }

    @Test
    void aPageOfAnotherOriginSendsNothing() {
        // given
        relay.with("QUARKUS_HTTP_CORS_ENABLED", "true")
                .with("QUARKUS_HTTP_CORS_ORIGINS", "https://shop.example.com")
                .start();

        // when
        visit("another-origin");

        // then
        assertThat(relay.metric("listrak_relay_accepted_total"), is(0L));
    }

    /**
     * Visits the shop. Returns the page after its events are sent, or after ten seconds, and saves a picture in {@code
     * target}.
     */
    private String visit(String picture) {
        return Machine.runIn(
                Path.of("."),
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("chromium"),
                "--window-size=1200,700",
                "--virtual-time-budget=10000",
                "--screenshot=" + Path.of("target", picture + ".png").toAbsolutePath(),
                "--dump-dom",
                shop.origin() + "/?key=key&email=" + EMAIL + "&relay=" + relay.url());
    }
}
