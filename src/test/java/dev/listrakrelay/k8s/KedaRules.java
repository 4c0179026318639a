package dev.listrakrelay.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks a ScaledObject for keys and values that KEDA doesn't accept. No Java models of KEDA's objects are published,
 * so the keys here are copied from its custom resource definition (keda.sh/v1alpha1, KEDA 2.17) and its Kafka scaler.
 * The part for the autoscaler is checked with Kubernetes' own model.
 */
final class KedaRules {

    private static final Set<String> SPEC = Set.of(
            "scaleTargetRef",
            "pollingInterval",
            "initialCooldownPeriod",
            "cooldownPeriod",
            "idleReplicaCount",
            "minReplicaCount",
            "maxReplicaCount",
            "advanced",
            "triggers",
            "fallback");
    private static final Set<String> TARGET = Set.of("apiVersion", "kind", "name", "envSourceContainerName");
    private static final Set<String> FALLBACK = Set.of("failureThreshold", "replicas", "behavior");
    private static final Set<String> ADVANCED =
            Set.of("restoreToOriginalReplicaCount", "horizontalPodAutoscalerConfig", "scalingModifiers");
    private static final Set<String> AUTOSCALER = Set.of("name", "behavior");
    private static final Set<String> TRIGGER =
            Set.of("type", "name", "metadata", "metricType", "authenticationRef", "useCachedMetrics");
    private static final Set<String> KAFKA = Set.of(
            "bootstrapServers",
            "consumerGroup",
            "topic",
            "lagThreshold",
            "activationLagThreshold",
            "offsetResetPolicy",
            "allowIdleConsumers",
            "scaleToZeroOnInvalidOffset",
            "excludePersistentLag",
            "limitToPartitionsWithLag",
            "ensureEvenDistributionOfPartitions",
            "partitionLimitation",
            "version",
            "sasl",
            "tls",
            "unsafeSsl");

    private final List<String> mistakes = new ArrayList<>();

    private KedaRules() {}

    /** The mistakes, each as <em>where: what</em>; empty if the object is valid. */
    static List<String> mistakes(JsonNode object) {
        KedaRules rules = new KedaRules();
        String kind = object.path("kind").asText();
        if (!kind.equals("ScaledObject")) {
            return List.of(kind + ": a kind of KEDA's that is not known here");
        }
        rules.spec(object.path("spec"), kind + ".spec");
        return rules.mistakes;
    }

    private void spec(JsonNode spec, String where) {
        keys(spec, where, SPEC);
        needed(spec.at("/scaleTargetRef/name"), where + ".scaleTargetRef.name");
        needed(spec.path("triggers").path(0), where + ".triggers");
        keys(spec.path("scaleTargetRef"), where + ".scaleTargetRef", TARGET);
        keys(spec.path("fallback"), where + ".fallback", FALLBACK);
        numbers(spec, where, "pollingInterval", "cooldownPeriod", "minReplicaCount", "maxReplicaCount");
        numbers(spec.path("fallback"), where + ".fallback", "failureThreshold", "replicas");
        JsonNode advanced = spec.path("advanced");
        keys(advanced, where + ".advanced", ADVANCED);
        JsonNode autoscaler = advanced.path("horizontalPodAutoscalerConfig");
        keys(autoscaler, where + ".advanced.horizontalPodAutoscalerConfig", AUTOSCALER);
        if (autoscaler.has("behavior")) {
            mistakes.addAll(KubernetesSchema.mistakes(
                    where + ".advanced.horizontalPodAutoscalerConfig.behavior",
                    autoscaler.path("behavior"),
                    "V2",
                    "HorizontalPodAutoscalerBehavior"));
        }
        for (int i = 0; i < spec.path("triggers").size(); i++) {
            trigger(spec.path("triggers").get(i), where + ".triggers[" + i + "]");
        }
    }

    private void trigger(JsonNode trigger, String where) {
        keys(trigger, where, TRIGGER);
        needed(trigger.path("type"), where + ".type");
        needed(trigger.path("metadata"), where + ".metadata");
        if (trigger.path("type").asText().equals("kafka")) {
            keys(trigger.path("metadata"), where + ".metadata", KAFKA);
        }
        trigger.path("metadata").properties().stream()
                .filter(key -> !key.getValue().isTextual())
                .forEach(key ->
                        mistakes.add(where + ".metadata." + key.getKey() + ": expected text, found " + key.getValue()));
    }

    private void needed(JsonNode value, String where) {
        if (value.isMissingNode()) {
            mistakes.add(where + ": missing");
        }
    }

    private void keys(JsonNode object, String where, Set<String> known) {
        object.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                mistakes.add(where + "." + key + ": unknown key");
            }
        });
    }

    private void numbers(JsonNode object, String where, String... keys) {
        for (String key : keys) {
            if (object.has(key) && !object.path(key).isInt()) {
                mistakes.add(where + "." + key + ": expected a number, found " + object.path(key));
            }
        }
    }
}
