package dev.listrakrelay.start;

import dev.listrakrelay.settings.KnownKeys;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Lists the keys that {@link ConfigurationCheck} knows, and those of the HTTP servers in {@code application.properties}. */
@ApplicationScoped
public class SettingKeys implements KnownKeys {

    /** Matches also keys that are commented out. */
    private static final Pattern SERVER_KEY = Pattern.compile("(?m)^#?(quarkus\\.(?:http|management)\\.[\\w.-]+)=");

    @Override
    public List<String> all() {
        Map<String, Set<String>> names =
                ConfiguredNames.in(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
        Stream<String> own = ConfigurationCheck.MAPPINGS.stream()
                .flatMap(Setting::of)
                .flatMap(setting -> setting.named(names))
                .map(Setting::key)
                .sorted();
        Stream<String> servers = SERVER_KEY.matcher(properties()).results().map(found -> found.group(1));
        return Stream.concat(own, servers).distinct().toList();
    }

    private static String properties() {
        try (InputStream file = SettingKeys.class.getResourceAsStream(Configuration.DEFAULTS)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
