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
 * Reads the configuration before the service starts.
 *
 * <p>{@code ConfigProvider} can't: in a native executable, until the start, it has the configuration of the machine that built
 * the executable.
 */
@RegisterResources(globs = "application.properties")
final class Configuration {

    static final String DEFAULTS = "/application.properties";

    /** One below the ordinal that Quarkus gives to this file. A native executable may not find that file in itself. */
    private static final int ORDINAL = 249;

    private Configuration() {}

    /** @param mappings the config interfaces to read; a mistake in one of them throws */
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
