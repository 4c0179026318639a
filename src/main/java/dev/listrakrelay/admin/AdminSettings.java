package dev.listrakrelay.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.settings.ConfiguredName;
import dev.listrakrelay.settings.KnownKeys;
import dev.listrakrelay.settings.Version;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.health.SmallRyeHealthReporter;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.ConfigProvider;

/** Shows the active settings with the source of each value and hidden secrets, the versions, and the health checks. */
@ApplicationScoped
public class AdminSettings implements AdminCalls {

    private static final String SHEET = "application.properties";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KnownKeys keys;
    private final CamelContext camel;
    private final SmallRyeHealthReporter health;
    private final AnsweringProcess process;

    AdminSettings(KnownKeys keys, CamelContext camel, SmallRyeHealthReporter health, AnsweringProcess process) {
        this.process = process;
        this.keys = keys;
        this.camel = camel;
        this.health = health;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/settings").blockingHandler(this::show, false);
    }

    private void show(RoutingContext http) {
        ObjectNode answer = AdminJson.object();
        ArrayNode settings = answer.putArray("settings");
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        keys.all().forEach(key -> settings.add(setting(config.getConfigValue(key), key)));
        answer.set("versions", versions());
        answer.set("health", health());
        AdminAnswer.send(http, process.sign(answer));
    }

    private static ObjectNode setting(ConfigValue found, String key) {
        return AdminJson.object()
                .put("key", key)
                .put("value", ShownValue.of(key, found.getValue()))
                .put("from", from(found, key))
                .put("secret", ShownValue.isSecret(key));
    }

    /**
     * Returns the source of a value in an operator's words. Quarkus also keeps the {@code application.properties} that it was
     * built with as defaults.
     */
    private static String from(ConfigValue found, String key) {
        String source = found.getConfigSourceName();
        if (found.getValue() == null || source == null) {
            return "not set";
        }
        if (source.startsWith("SysProp")) {
            return "-D";
        }
        if (source.startsWith("Env")) {
            String variable = ConfiguredName.variableOf(key);
            return "environment " + (System.getenv().containsKey(variable) ? variable : key);
        }
        if (source.startsWith("ValueRegistry")) {
            return "the running server";
        }
        if (source.startsWith("BuildTime")) {
            return "the build";
        }
        if (source.contains(SHEET)) {
            return source.contains("config/" + SHEET) ? "config/" + SHEET : SHEET;
        }
        return source.toLowerCase(Locale.ROOT).contains("default") ? "default" : source;
    }

    private ObjectNode versions() {
        Version version = Version.read();
        return AdminJson.object()
                .put("relay", version.number())
                .put("commit", version.commit())
                .put("java", Runtime.version().toString())
                .put("camel", camel.getVersion())
                .put("quarkus", version.quarkus())
                .put("sqlite", version.sqlite());
    }

    private ArrayNode health() {
        try {
            JsonNode checks =
                    JSON.readTree(health.getHealth().getPayload().toString()).path("checks");
            return checks instanceof ArrayNode all ? all : JSON.createArrayNode();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
