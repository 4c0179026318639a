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

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final ObjectReader YAML = new YAMLMapper().readerFor(new TypeReference<JsonNode>() {});

    private Manifests() {}

    public static List<Path> overlays() {
        return kustomizations("overlays");
    }

    static List<Path> components() {
        return kustomizations("components");
    }

    private static List<Path> kustomizations(String kind) {
        try (Stream<Path> folders = Files.list(Path.of("k8s", kind))) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an overlay is rendered to; skips the test where there is no kubectl. */
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

    /** The same with components, in a folder that an operator may have made for it. */
    static List<JsonNode> render(Path overlay, List<Path> components, Path folder) throws IOException {
        // kustomize takes no absolute paths
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
