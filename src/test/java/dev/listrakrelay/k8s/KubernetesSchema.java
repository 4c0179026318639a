package dev.listrakrelay.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonParseException;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.JSON;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Checks an object against its kind's model in Kubernetes' Java client, which is generated from the Kubernetes OpenAPI.
 * The models themselves refuse unknown keys and report missing ones. This class also finds values of a wrong type: they
 * change when the model reads them. KEDA's objects have no models; {@link KedaRules} checks them.
 */
final class KubernetesSchema {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    /** Ignores annotations, because the models of Prometheus' objects use them to keep unknown keys. */
    private static final ObjectMapper PROMETHEUS = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            })
            .build();

    private KubernetesSchema() {}

    /** The mistakes, each as <em>where: what</em>; empty if the object is valid. */
    static List<String> mistakes(JsonNode object) throws ReflectiveOperationException, JsonProcessingException {
        String kind = object.path("kind").asText();
        if (object.path("apiVersion").asText().startsWith("keda.sh/")) {
            return KedaRules.mistakes(object);
        }
        try {
            return differences(kind, object, read(object, kind)).toList();
        } catch (IllegalArgumentException | JsonParseException | ClassCastException e) {
            // the client throws the last of these types if it expects a list or an object
            return List.of(kind + ": " + e.getMessage().replaceFirst("(?s) JSON: .*", ""));
        }
    }

    private static JsonNode read(JsonNode object, String kind)
            throws ReflectiveOperationException, JsonProcessingException {
        if (object.path("apiVersion").asText().startsWith("monitoring.coreos.com/")) {
            Class<?> model = kind.equals("PrometheusRule") ? PrometheusRule.class : ServiceMonitor.class;
            return PROMETHEUS.valueToTree(PROMETHEUS.treeToValue(object, model));
        }
        // the model's name begins with V2 for autoscaling/v2, and with V1 for apps/v1
        String version = object.path("apiVersion").asText().replaceFirst(".*/", "");
        return read(object, version.toUpperCase(Locale.ROOT), kind);
    }

    private static JsonNode read(JsonNode object, String version, String kind)
            throws ReflectiveOperationException, JsonProcessingException {
        Object model = JSON.getGson().fromJson(object.toString(), Class.forName(MODELS + version + kind));
        return PROMETHEUS.readTree(JSON.serialize(model));
    }

    /** The mistakes in one part of an object, checked against the model of this name. */
    static List<String> mistakes(String where, JsonNode part, String version, String model) {
        try {
            return differences(where, part, read(part, version, model)).toList();
        } catch (IllegalArgumentException | JsonParseException | ClassCastException e) {
            return List.of(where + ": " + e.getMessage());
        } catch (ReflectiveOperationException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> differences(String where, JsonNode written, JsonNode read) {
        if (written.isObject() && read.isObject()) {
            return written.properties().stream()
                    .flatMap(key -> differences(where + "." + key.getKey(), key.getValue(), read.path(key.getKey())));
        }
        if (written.isArray() && read.isArray()) {
            return IntStream.range(0, written.size())
                    .boxed()
                    .flatMap(i -> differences(where + "[" + i + "]", written.get(i), read.path(i)));
        }
        return written.equals(read)
                ? Stream.of()
                : Stream.of(where + ": " + written + " is read as " + (read.isMissingNode() ? "nothing" : read));
    }
}
