package dev.listrakrelay.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects of a rendered overlay, with access to the pod of the relay. */
record Rendered(List<JsonNode> objects) {

    static Rendered of(Path overlay) {
        return new Rendered(Manifests.render(overlay));
    }

    List<String> kinds() {
        return objects.stream().map(object -> object.path("kind").asText()).toList();
    }

    JsonNode one(String kind) {
        return first(objects.stream(), "kind", kind);
    }

    JsonNode named(String kind, String name) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    JsonNode pod() {
        return objects.stream()
                .map(object -> object.at("/spec/template/spec"))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseThrow();
    }

    JsonNode container() {
        return pod().at("/containers/0");
    }

    String variable(String name) {
        return first(each(container().path("env")), "name", name).path("value").asText();
    }

    String port(String name) {
        return first(each(container().path("ports")), "name", name)
                .path("containerPort")
                .asText();
    }

    List<String> mountPaths() {
        return container().path("volumeMounts").findValuesAsText("mountPath");
    }

    /** The files of the ConfigMap that is mounted at this path. */
    List<String> filesMountedAt(String path) {
        JsonNode mount = first(each(container().path("volumeMounts")), "mountPath", path);
        String map = first(
                        each(pod().path("volumes")), "name", mount.path("name").asText())
                .at("/configMap/name")
                .asText();
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals("ConfigMap"))
                .filter(object -> object.at("/metadata/name").asText().equals(map))
                .flatMap(object -> object.path("data").properties().stream())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static JsonNode first(Stream<JsonNode> items, String key, String value) {
        return items.filter(item -> item.path(key).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing with " + key + ": " + value));
    }
}
