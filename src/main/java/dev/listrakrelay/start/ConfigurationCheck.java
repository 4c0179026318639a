package dev.listrakrelay.start;

import dev.listrakrelay.admin.AdminConfig;
import dev.listrakrelay.admin.AdminSettingsCheck;
import dev.listrakrelay.alert.AlertsCheck;
import dev.listrakrelay.alert.AlertsConfig;
import dev.listrakrelay.alert.QuietConfig;
import dev.listrakrelay.delivery.DestinationConfig;
import dev.listrakrelay.deliverylog.DeliveryLogCheck;
import dev.listrakrelay.file.FileConfig;
import dev.listrakrelay.file.FileSourceCheck;
import dev.listrakrelay.http.IntakeConfig;
import dev.listrakrelay.ingest.RestConfig;
import dev.listrakrelay.ingest.ShapesCheck;
import dev.listrakrelay.ingest.ShapesConfig;
import dev.listrakrelay.kafka.AccessCheck;
import dev.listrakrelay.listrak.AccountSettingsCheck;
import dev.listrakrelay.listrak.ListrakConfig;
import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.InvalidMapping;
import dev.listrakrelay.mapping.MappingConfig;
import dev.listrakrelay.queue.AmqpConfig;
import dev.listrakrelay.queue.KafkaConfig;
import dev.listrakrelay.queue.QueueCheck;
import dev.listrakrelay.sandbox.SandboxConfig;
import dev.listrakrelay.sandbox.SandboxGuard;
import dev.listrakrelay.spool.DeliveryConfig;
import dev.listrakrelay.spool.DeliveryLogConfig;
import dev.listrakrelay.spool.DeliveryLogKafkaConfig;
import dev.listrakrelay.spool.HoldCheck;
import dev.listrakrelay.spool.IdentityConfig;
import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.sqlite.MinFreeCheck;
import dev.listrakrelay.spool.sqlite.SpoolFolder;
import dev.listrakrelay.tracing.TracingConfig;
import dev.listrakrelay.webhook.WebhookCheck;
import dev.listrakrelay.webhook.WebhookConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds every mistake in the configuration and the mapping before the service starts, and lists them all at once. */
final class ConfigurationCheck {

    static final List<Class<?>> MAPPINGS = List.of(
            IntakeConfig.class,
            RestConfig.class,
            ShapesConfig.class,
            KafkaConfig.class,
            AmqpConfig.class,
            FileConfig.class,
            SpoolConfig.class,
            KafkaSpoolConfig.class,
            IdentityConfig.class,
            MappingConfig.class,
            ListrakConfig.class,
            WebhookConfig.class,
            DeliveryConfig.class,
            DestinationConfig.class,
            AlertsConfig.class,
            QuietConfig.class,
            DeliveryLogConfig.class,
            DeliveryLogKafkaConfig.class,
            SandboxConfig.class,
            AdminConfig.class,
            TracingConfig.class);
    /** The starts of the variables that set the relay's keys, such as {@code ADMIN_}. */
    private static final Set<String> VARIABLE_PREFIXES = MAPPINGS.stream()
            .map(mapping -> mapping.getAnnotation(ConfigMapping.class).prefix())
            .map(prefix -> Setting.variable(prefix + "."))
            .collect(Collectors.toUnmodifiableSet());
    /** Kubernetes sets the first four for a service, such as one named listrak-relay or admin; Azure sets the last two. */
    private static final Pattern SET_BY_PLATFORM =
            Pattern.compile("LISTRAK_RELAY_.*|.*_SERVICE_(HOST|PORT.*)|.*_PORT|.*_PORT_\\d+_(TCP|UDP|SCTP).*"
                    + "|IDENTITY_(ENDPOINT|HEADER)");

    private static final Set<String> PROFILES_WITHOUT_SECRETS = Set.of("dev", "test", "sandbox");

    private final SmallRyeConfig config;
    private final Set<String> variables;
    private final Map<String, Set<String>> names;
    private final List<Setting> settings;

    ConfigurationCheck(SmallRyeConfig config) {
        this(config, System.getenv().keySet());
    }

    /** @param variables the names of the environment variables */
    ConfigurationCheck(SmallRyeConfig config, Set<String> variables) {
        this.config = config;
        this.variables = variables;
        this.names = ConfiguredNames.in(config);
        this.settings = MAPPINGS.stream()
                .flatMap(Setting::of)
                .flatMap(setting -> setting.named(names))
                .toList();
    }

    /** Returns the mistakes, each as <em>where: what, expected, found</em>; empty if the service can start. */
    List<String> mistakes() {
        List<String> mistakes = mistakesInSettings();
        if (mistakes.isEmpty() && !isSpoolInKafka()) {
            mistakes.addAll(spoolFolder());
        }
        return mistakes;
    }

    /** Returns the same mistakes without those of the spool's folder, because a running relay may use the folder. */
    List<String> mistakesInSettings() {
        List<String> mistakes = new ArrayList<>();
        settings.forEach(setting -> setting.mistake(config).ifPresent(mistakes::add));
        mistakes.addAll(unknownKeys());
        mistakes.addAll(unknownVariables());
        mistakes.addAll(writeKeys());
        mistakes.addAll(ShapesCheck.mistakes(names.get(ConfiguredNames.SHAPE), this::value));
        mistakes.addAll(QueueCheck.mistakes(this::value));
        mistakes.addAll(FileSourceCheck.mistakes(this::value));
        mistakes.addAll(DeliveryLogCheck.mistakes(this::value));
        mistakes.addAll(HoldCheck.mistakes(this::value));
        mistakes.addAll(webhooks());
        mistakes.addAll(accounts());
        mistakes.addAll(AdminSettingsCheck.mistakes(this::value));
        mistakes.addAll(AlertsCheck.mistakes(names.get(ConfiguredNames.QUIET), this::value));
        mistakes.addAll(sandbox());
        mistakes.addAll(mapping());
        mistakes.addAll(FilesCheck.mistakes(config));
        if (isSpoolInKafka()) {
            mistakes.addAll(AccessCheck.mistakes("spool.kafka", this::value));
        } else {
            mistakes.addAll(MinFreeCheck.mistakes(this::value));
        }
        return mistakes;
    }

    /** Describes a failure of the start in the same form, for mistakes that only show while the service starts. */
    List<String> mistakes(Throwable failure) {
        return new StartFailure(failure, this::value).lines();
    }

    /** Finds keys under the relay's prefixes that the relay does not have, such as misspelled ones. */
    private List<String> unknownKeys() {
        Set<String> known = settings.stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new));
        Set<String> prefixes = known.stream()
                .map(key -> key.substring(0, key.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .filter(name -> !known.contains(name.replaceAll("\\[\\d+]$", "")))
                .filter(name -> !variables.contains(Setting.variable(name)))
                .sorted()
                .map(name -> name + ": unknown key, did you mean " + nearest(name, known) + "?")
                .toList();
    }

    /** Finds environment variables under the relay's prefixes that set no key, such as misspelled ones. */
    private List<String> unknownVariables() {
        Set<String> known = settings.stream()
                .map(setting -> Setting.variable(setting.key()))
                .collect(Collectors.toCollection(TreeSet::new));
        return variables.stream()
                .filter(name -> VARIABLE_PREFIXES.stream().anyMatch(name::startsWith))
                .filter(name ->
                        !known.contains(name) && !SET_BY_PLATFORM.matcher(name).matches())
                .sorted()
                .map(name -> name + ": unknown environment variable, did you mean " + nearest(name, known) + "?")
                .toList();
    }

    private boolean isSpoolInKafka() {
        return value("spool.engine").filter("kafka"::equalsIgnoreCase).isPresent();
    }

    private List<String> spoolFolder() {
        return value("spool.dir").map(dir -> SpoolFolder.mistakes(Path.of(dir))).orElse(List.of());
    }

    private static String nearest(String name, Set<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .min(Comparator.comparingInt(key -> distance.apply(name, key)))
                .orElseThrow();
    }

    private List<String> writeKeys() {
        boolean isNeeded =
                value("source.rest.enabled").map(Boolean::parseBoolean).orElse(true) && areSecretsNeeded();
        return isNeeded
                        && value("source.rest.write-keys")
                                .map(RestConfig::keys)
                                .orElse(List.of())
                                .isEmpty()
                ? List.of(
                        "source.rest.write-keys: missing, expected at least one write key; without one, anyone could post"
                                + " events. Set SOURCE_REST_WRITE_KEYS")
                : List.of();
    }

    private boolean areSecretsNeeded() {
        return config.getProfiles().stream().noneMatch(PROFILES_WITHOUT_SECRETS::contains);
    }

    private List<String> webhooks() {
        return names.get(ConfiguredNames.WEBHOOK).stream()
                .flatMap(name ->
                        WebhookCheck.mistakes(name, areSecretsNeeded(), key -> value("webhook." + name + "." + key))
                                .stream())
                .toList();
    }

    private List<String> accounts() {
        Set<String> taken = settings.stream().map(Setting::key).collect(Collectors.toSet());
        return names.get(ConfiguredNames.ACCOUNT).stream()
                .flatMap(name -> AccountSettingsCheck.mistakes(
                        name,
                        areSecretsNeeded(),
                        taken.contains("listrak." + name),
                        key -> value("listrak." + name + "." + key))
                        .stream())
                .toList();
    }

    private List<String> sandbox() {
        if (!SandboxGuard.isSandbox(config.getProfiles())) {
            return List.of();
        }
        int port = config.getValue("sandbox.port", Integer.class);
        List<String> mistakes = new ArrayList<>(sandbox("listrak", port));
        names.get(ConfiguredNames.ACCOUNT).forEach(name -> mistakes.addAll(sandbox("listrak." + name, port)));
        value("alerts.url").ifPresent(url -> mistakes.addAll(SandboxGuard.thirdParty("alerts.url", url)));
        for (String name : names.get(ConfiguredNames.WEBHOOK)) {
            String key = "webhook." + name + ".forward-url";
            value(key).ifPresent(url -> mistakes.addAll(SandboxGuard.thirdParty(key, url)));
        }
        return mistakes;
    }

    private List<String> sandbox(String account, int port) {
        return SandboxGuard.mistakes(account, port, key -> value(account + "." + key)
                .or(() -> value("listrak." + key))
                .orElse(null));
    }

    private List<String> mapping() {
        try {
            CurrentMapping.read(value("mapping.file").map(Path::of), Optional.of(names.get(ConfiguredNames.ACCOUNT)));
            return List.of();
        } catch (InvalidMapping e) {
            return e.mistakes();
        }
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(config.getConfigValue(key).getValue()).filter(text -> !text.isBlank());
    }
}
