package dev.listrakrelay.sandbox;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The sandbox Listrak shows the events that it received, and its schema. */
class SandboxViewTest extends SandboxOverHttp {

    @Test
    void receivedEventsAreShownNewestFirstWithWhatListrakWouldDiscard() {
        // given
        posting(events(PURCHASE, PURCHASE.replace("ORD-10428", "ORD-10429")))
                .post(EVENT)
                .then()
                .statusCode(200);

        // when
        var view = sandbox().get("/received").then();

        // then
        view.statusCode(200)
                .body("size()", equalTo(2))
                .body("[0].receivedAt", notNullValue())
                .body("[0].identifiers[0].identifierValue", equalTo("user@example.com"))
                .body("[0].dataFields.order_id", equalTo("ORD-10429"))
                .body("[0].discarded", equalTo(List.of("gift_note")))
                .body("[1].dataFields.order_id", equalTo("ORD-10428"));
    }

    @Test
    void theViewCanBeLimited() {
        // given
        posting(events(PURCHASE, PURCHASE)).post(EVENT).then().statusCode(200);

        // when
        var view = sandbox().get("/received?limit=1").then();

        // then
        view.body("size()", equalTo(1));
    }

    @Test
    void theSchemaListsTheSandboxesCustomEvent() {
        // given
        var request = authorized();

        // when
        var list = request.get(CONFIGURATIONS).then();

        // then
        list.statusCode(200).body("data", hasItem(hasEntry("eventUID", SandboxAccount.EVENT_UID)));
    }

    @Test
    void theSchemaListsTheFieldsAndTheirTypes() {
        // given
        var request = authorized();

        // when
        var schema =
                request.get(CONFIGURATIONS + "/" + SandboxAccount.EVENT_UID).then();

        // then
        schema.statusCode(200)
                .body("data.eventSchemaAttrs.event_name", equalTo("String"))
                .body("data.eventSchemaAttrs.event_time", equalTo("Date"))
                .body("data.eventSchemaAttrs.revenue", equalTo("Double"))
                .body("data.featureAccess", hasItem("Workflow"));
    }

    @Test
    void theSchemaOfAnotherCustomEventAnswers404() {
        // given
        var request = authorized();

        // when
        var schema = request.get(CONFIGURATIONS + "/99999999-2222-4333-8444-555555555555")
                .then();

        // then
        schema.statusCode(404);
    }

    @Test
    void theSchemaIsForThoseWithATokenOnly() {
        // given
        var request = sandbox();

        // when
        var list = request.get(CONFIGURATIONS).then();

        // then
        list.statusCode(401);
    }

    @Test
    void thePageSaysThatNothingLeavesThisMachineAndWhatToTry() {
        // given
        var request = sandbox();

        // when
        var page = request.get("/").then();

        // then
        page.statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(allOf(
                        containsString("This is the sandbox: no data leaves this machine"),
                        containsString("curl -u sandbox: http://localhost:8080/v1/track"),
                        not(containsString("{{")),
                        not(containsString("https://"))));
    }

    @Test
    void nobodyBeyondThisMachineReachesIt() throws IOException {
        // given
        InetAddress outward = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findAny()
                .orElse(null);
        Assumptions.assumeTrue(outward != null, "needs a network interface besides loopback");

        try (Socket socket = new Socket()) {
            // when
            var outwardDoor = new InetSocketAddress(outward, port());

            // then
            assertThrows(IOException.class, () -> socket.connect(outwardDoor, 2_000));
        }
    }
}
