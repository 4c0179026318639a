package dev.listrakrelay.start;

import io.quarkus.runtime.annotations.RegisterResources;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Reads the configuration before the service is started.
 *
 * <p>{@code ConfigProvider} does that as well, but not in a native executable: until the start it knows what was true where
 * the executable was built.
 */
@RegisterResources(globs = "application.properties")
final class Configuration {

    static final String DEFAULTS = "/application.properties";

    /** One below Quarkus' own place for that file, which a native executable may not find in itself. */
    private static final int ORDINAL = 249;

    private Configuration() {}

    /** @param mappings what is to be read as a whole; each has to be without a mistake then */
    static SmallRyeConfig read(Class<?>... mappings) {
        try {
            SmallRyeConfigBuilder builder = ConfigUtils.configBuilder()
                    .withSources(new PropertiesConfigSource(Configuration.class.getResource(DEFAULTS), ORDINAL))
                    .withValidateUnknown(false);
            Arrays.stream(mappings).forEach(builder::withMapping);
            return builder.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
