package dev.listrakrelay.admin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The OpenAPI description lists exactly the calls that the administration has. */
class OpenApiTest {

    @Test
    void theDescriptionAndTheRoutesAreTheSame() throws Exception {
        // given
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        AdminSpools spools = new AdminSpools(null);
        AdminApi api = new AdminApi(
                new AdminGuard(Optional.empty(), Set.of()),
                List.of(
                        new AdminSession(null, null),
                        new AdminStatus(spools, null, null, null, null, null),
                        new AdminPlots(spools, null, null),
                        new AdminAmbiguous(spools, null),
                        new AdminJourneys(spools, null, null),
                        new AdminEvents(spools, null, null, null, null),
                        new AdminDeadLetters(spools, null),
                        new AdminDropped(spools, null, null, null),
                        new AdminBooks(spools, null, null),
                        new CanaryReplays(null),
                        new AdminMapping(null, null, null, null, spools, null, null),
                        new AdminContract(null, null, null),
                        new AdminDrafts(null, null, null, null, spools, null, null),
                        new AdminSuggestions(null, null, null, spools, null, null),
                        new AdminEventCase(spools, null),
                        new AdminWebhooks(null, null, spools, null, null),
                        new AdminSettings(null, null, null, null),
                        new AdminAlerts(null),
                        new AdminContacts(spools)));

        // when
        api.open((ManagementInterface) () -> router);

        // then
        Set<String> routes = api.routes().stream()
                .map(route -> route.methods().iterator().next().name().toLowerCase() + " "
                        + route.getPath().replaceAll(":(\\w+)", "{$1}"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described(), is(routes));
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Set<String> described() throws Exception {
        Map<String, Map<String, Map<String, ?>>> description =
                new Yaml().load(Files.readString(Path.of("src/main/resources/admin/openapi.yaml")));
        Set<String> described = new TreeSet<>();
        description.get("paths").forEach((path, calls) -> calls.keySet()
                .forEach(method -> described.add(method + " " + path)));
        return described;
    }
}
