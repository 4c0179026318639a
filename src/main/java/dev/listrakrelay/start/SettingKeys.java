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

    /** Also those that are shown without a value. */
    private static final Pattern OF_SERVERS = Pattern.compile("(?m)^#?(quarkus\\.(?:http|management)\\.[\\w.-]+)=");

    @Override
    public List<String> all() {
        Map<String, Set<String>> names =
                ConfiguredNames.in(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
        Stream<String> ours = ConfigurationCheck.MAPPINGS.stream()
                .flatMap(Setting::of)
                .flatMap(setting -> setting.named(names))
                .map(Setting::key)
                .sorted();
        Stream<String> servers = OF_SERVERS.matcher(sheet()).results().map(found -> found.group(1));
        return Stream.concat(ours, servers).distinct().toList();
    }

    private static String sheet() {
        try (InputStream file = SettingKeys.class.getResourceAsStream(Configuration.DEFAULTS)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
