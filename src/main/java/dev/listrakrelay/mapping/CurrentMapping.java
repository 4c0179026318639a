package dev.listrakrelay.mapping;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the mapping that is in force. */
@ApplicationScoped
public class CurrentMapping {

    private static final String BAKED_IN = "routes/mappings/listrak.mapping.yaml";

    @Produces
    @Singleton
    Mapping mapping(MappingConfig config) {
        return read(config.file());
    }

    /**
     * Reads a mapping file, or the baked-in one.
     *
     * @throws InvalidMapping with everything that is wrong with it, that it can't be read included
     */
    public static Mapping read(Optional<Path> file) {
        String name = file.map(Path::toString).orElse(BAKED_IN);
        try (InputStream yaml = file.isPresent() ? Files.newInputStream(file.get()) : bakedIn()) {
            return MappingFile.read(name, yaml.readAllBytes());
        } catch (IOException e) {
            throw new InvalidMapping(List.of("mapping.file: expected a file that can be read, found " + name));
        }
    }

    private static InputStream bakedIn() {
        return Thread.currentThread().getContextClassLoader().getResourceAsStream(BAKED_IN);
    }
}
