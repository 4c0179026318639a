package dev.listrakrelay.start;

import dev.listrakrelay.settings.Secrets;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A complete configuration that tests change, and the list of mistakes that its check finds. */
abstract class CheckedConfiguration {

    final Map<String, String> settings = new HashMap<>();
    final Set<String> variables = new HashSet<>();

    @TempDir
    Path dir;

    @BeforeEach
    void complete() {
        settings.put("listrak.client-id", "shop");
        settings.put("listrak.client-secret", "s3cret");
        settings.put("listrak.company-id", "12345");
        settings.put("listrak.event-uid", "7d3b6f0e-5c1a-4f8e-9a2b-0c1d2e3f4a5b");
        settings.put("source.rest.write-keys", "key");
    }

    /** The mistakes, sorted by text. */
    List<String> mistakes() {
        return mistakes("prod");
    }

    List<String> mistakes(String profile) {
        settings.put("spool.dir", dir.toString());
        settings.putIfAbsent("sandbox.port", "8090");
        return new ConfigurationCheck(configuration(profile), variables)
                .mistakes().stream().sorted().toList();
    }

    SmallRyeConfig configuration(String profile) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withInterceptors(new Secrets())
                .withProfile(profile)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build();
    }
}
