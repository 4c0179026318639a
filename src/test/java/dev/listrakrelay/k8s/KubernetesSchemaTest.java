package dev.listrakrelay.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Kubernetes accepts all objects in k8s/. Needs kubectl. */
class KubernetesSchemaTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#all")
    void kubernetesAcceptsEveryOverlay(Path overlay) throws Exception {
        // given
        // when
        List<JsonNode> objects = Manifests.render(overlay);

        // then
        assertThat(mistakes(objects), empty());
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void kubernetesAcceptsEveryOverlayWithAllComponents(Path overlay) throws Exception {
        // given
        // when
        List<JsonNode> objects = Manifests.render(overlay, Manifests.components(overlay), folder);

        // then
        assertThat(mistakes(objects), empty());
    }

    @Test
    void kubernetesAcceptsTheExampleOfASecret() throws Exception {
        // given
        // when
        List<JsonNode> objects = Manifests.parse(Files.readString(Manifests.SECRET_EXAMPLE));

        // then
        assertThat(mistakes(objects), empty());
    }

    @ParameterizedTest(name = "{0} is refused")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            an unknown key     | {kind: Service, apiVersion: v1, spec: {port: []}}                       | port
            text for a number  | {kind: Service, apiVersion: v1, spec: {ports: [{port: "80"}]}}          | Service.spec.ports[0].port: "80" is read as 80
            a number for text  | {kind: Service, apiVersion: v1, spec: {clusterIP: 1}}                   | clusterIP
            a missing key      | {kind: Service, apiVersion: v1, spec: {ports: [{name: http}]}}          | port
            an object for a list | {kind: Service, apiVersion: v1, spec: {ports: {port: 80}}}            | JsonArray
            a key of a monitor | {kind: ServiceMonitor, apiVersion: monitoring.coreos.com/v1, spec: {a: 1}} | ServiceMonitor.spec.a: 1 is read as nothing
            a key of alert rules | {kind: PrometheusRule, apiVersion: monitoring.coreos.com/v1, spec: {groups: [{name: a, rules: [{alert: b, exp: c}]}]}} | PrometheusRule.spec.groups[0].rules[0].exp: "c" is read as nothing
            a key of autoscaling/v2 | {kind: HorizontalPodAutoscaler, apiVersion: autoscaling/v2, spec: {maxReplicas: 2, scaleTargetRef: {kind: Deployment, name: a}, targetCPUUtilizationPercentage: 80}} | targetCPUUtilizationPercentage
            a key of a scaled object | {kind: ScaledObject, apiVersion: keda.sh/v1alpha1, spec: {scaleTargetRef: {name: a}, triggers: [{type: kafka, metadata: {topic: b}}], maxReplicas: 2}} | ScaledObject.spec.maxReplicas
            a number in its metadata | {kind: ScaledObject, apiVersion: keda.sh/v1alpha1, spec: {scaleTargetRef: {name: a}, triggers: [{type: kafka, metadata: {lagThreshold: 5}}]}} | lagThreshold: expected text, found 5
            a missing trigger | {kind: ScaledObject, apiVersion: keda.sh/v1alpha1, spec: {scaleTargetRef: {name: a}}} | ScaledObject.spec.triggers: missing
            a key of its autoscaler | {kind: ScaledObject, apiVersion: keda.sh/v1alpha1, spec: {scaleTargetRef: {name: a}, triggers: [{type: kafka, metadata: {topic: b}}], advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleOut: {}}}}}} | scaleOut
            """)
    void aMistakeIsFound(String what, String yaml, String told) throws Exception {
        // given
        List<JsonNode> broken = Manifests.parse(yaml);

        // when
        List<String> mistakes = mistakes(broken);

        // then
        assertThat(mistakes, contains(containsString(told)));
    }

    private static List<String> mistakes(List<JsonNode> objects) throws Exception {
        List<String> mistakes = new ArrayList<>();
        for (JsonNode object : objects) {
            mistakes.addAll(KubernetesSchema.mistakes(object));
        }
        return mistakes;
    }
}
