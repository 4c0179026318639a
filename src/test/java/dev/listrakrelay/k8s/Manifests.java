package dev.listrakrelay.k8s;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.listrakrelay.packaged.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The objects that {@code kubectl apply -k} would send to a cluster. */
public final class Manifests {

    public static final Path SECRET_EXAMPLE = Path.of("k8s", "base", "secret.example.yaml");

    static final Path DRAIN = Path.of("k8s", "drain");

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final ObjectReader YAML = new YAMLMapper().readerFor(new TypeReference<JsonNode>() {});

    private Manifests() {}

    public static List<Path> overlays() {
        return kustomizations("overlays");
    }

    /** The overlays, and the job that moves events from the one to the other. */
    public static List<Path> all() {
        return Stream.concat(overlays().stream(), Stream.of(DRAIN)).toList();
    }

    /** The components for this overlay: those for all overlays, and those for this one only. */
    public static List<Path> components(Path overlay) {
        return Stream.concat(kustomizations("components").stream(), folders(overlay).stream())
                .toList();
    }

    private static List<Path> kustomizations(String kind) {
        return folders(Path.of("k8s", kind));
    }

    private static List<Path> folders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of an overlay; skips the test if kubectl is not installed. */
    public static List<JsonNode> render(Path overlay) {
        Machine.assumeInstalled("kubectl");
        try {
            Process kubectl = new ProcessBuilder("kubectl", "kustomize", overlay.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<JsonNode> objects = parse(new String(kubectl.getInputStream().readAllBytes()));
            if (kubectl.waitFor() != 0) {
                throw new IllegalStateException("kubectl kustomize " + overlay + " failed, see above");
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The objects of an overlay with components, from a folder such as an operator may create. */
    public static List<JsonNode> render(Path overlay, List<Path> components, Path folder) throws IOException {
        // kustomize accepts only relative paths
        Path root = folder.toRealPath().relativize(HERE);
        StringBuilder kustomization = new StringBuilder("resources:\n- " + root.resolve(overlay) + "\ncomponents:\n");
        components.forEach(component -> kustomization.append("- " + root.resolve(component) + "\n"));
        Files.writeString(folder.resolve("kustomization.yaml"), kustomization);
        return render(folder);
    }

    public static List<JsonNode> parse(String yaml) throws IOException {
        return YAML.<JsonNode>readValues(yaml).readAll();
    }
}
