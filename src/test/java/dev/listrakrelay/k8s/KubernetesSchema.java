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
 * Finds what an object has that its kind hasn't, by the models that Kubernetes' own Java client makes of the Kubernetes
 * OpenAPI. They refuse unknown keys and miss needed ones by themselves; a value of another type is one that they read as
 * something else than was written. Of KEDA's objects there are no models: {@link KedaRules} knows what is used of them.
 */
final class KubernetesSchema {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    /** Its models keep keys that they don't know, unless told not to look at that. */
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

    /** Each as <em>where: what</em>; empty if the object is good. */
    static List<String> mistakes(JsonNode object) throws ReflectiveOperationException, JsonProcessingException {
        String kind = object.path("kind").asText();
        if (object.path("apiVersion").asText().startsWith("keda.sh/")) {
            return KedaRules.mistakes(object);
        }
        try {
            return differences(kind, object, read(object, kind)).toList();
        } catch (IllegalArgumentException | JsonParseException | ClassCastException e) {
            // the last is what the client throws where a list or an object is expected
            return List.of(kind + ": " + e.getMessage().replaceFirst("(?s) JSON: .*", ""));
        }
    }

    private static JsonNode read(JsonNode object, String kind)
            throws ReflectiveOperationException, JsonProcessingException {
        if (object.path("apiVersion").asText().startsWith("monitoring.coreos.com/")) {
            Class<?> model = kind.equals("PrometheusRule") ? PrometheusRule.class : ServiceMonitor.class;
            return PROMETHEUS.valueToTree(PROMETHEUS.treeToValue(object, model));
        }
        // autoscaling/v2 is V2…, apps/v1 is V1…
        String version = object.path("apiVersion").asText().replaceFirst(".*/", "");
        return read(object, version.toUpperCase(Locale.ROOT), kind);
    }

    private static JsonNode read(JsonNode object, String version, String kind)
            throws ReflectiveOperationException, JsonProcessingException {
        Object model = JSON.getGson().fromJson(object.toString(), Class.forName(MODELS + version + kind));
        return PROMETHEUS.readTree(JSON.serialize(model));
    }

    /** What one part of an object has that the model of that name hasn't. */
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
