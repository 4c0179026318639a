package dev.listrakrelay.start;

import dev.listrakrelay.listrak.AccountProbe;
import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.Rule;
import dev.listrakrelay.spool.sqlite.SpoolFolder;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks everything that a start needs: the configuration, the disk, Listrak, brokers and third parties. It starts nothing. It
 * prints a line for each check, and how to fix a problem.
 */
final class DoctorCommand {

    static final int PROBLEMS_FOUND = 78;

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "amqp", 5672, "amqps", 5671);

    private final SmallRyeConfig config;
    private final Map<String, Set<String>> names;
    private final PrintStream out;
    private boolean hasProblems;

    private DoctorCommand(SmallRyeConfig config, PrintStream out) {
        this.config = config;
        this.names = ConfiguredNames.in(config);
        this.out = out;
    }

    /** @return the exit code: 0 if the service can start and can connect to every server that it uses, otherwise 78 */
    static int run(SmallRyeConfig config, PrintStream out) throws IOException, InterruptedException {
        DoctorCommand doctor = new DoctorCommand(config, out);
        List<String> mistakes = new ConfigurationCheck(config).mistakesInSettings();
        mistakes.forEach(doctor::fix);
        if (mistakes.isEmpty()) {
            doctor.ok("configuration and mapping: no mistakes");
            doctor.checkSpool();
            doctor.checkAccounts();
            doctor.checkSources();
            doctor.checkThirdParties();
        }
        return doctor.hasProblems ? PROBLEMS_FOUND : 0;
    }

    private void ok(String line) {
        out.println("ok   " + line);
    }

    private void fix(String line) {
        hasProblems = true;
        out.println("fix  " + line);
    }

    private void checkSpool() throws IOException {
        Path dir = Path.of(value("spool.dir").orElse("data")).toAbsolutePath();
        if (value("spool.engine").filter("kafka"::equalsIgnoreCase).isPresent()) {
            checkBrokers("spool.kafka.brokers");
        } else if (Files.isDirectory(dir) && !SpoolFolder.isInUse(dir)) {
            SpoolFolder.mistakes(dir).forEach(this::fix);
        }
        Path existing = dir;
        while (!Files.isDirectory(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isWritable(existing)) {
            fix("spool.dir: expected a folder that the relay can write to, found " + existing);
        }
        checkDisk("spool.dir: " + dir, Files.getFileStore(existing).getUsableSpace());
    }

    private void checkDisk(String where, long free) {
        long minFree = value("spool.min-free")
                .map(text -> config.convert(text, MemorySize.class).asLongValue())
                .orElse(0L);
        if (free > minFree) {
            ok(where + ", " + free / 1_000_000 + " MB free");
        } else {
            fix(where + ": expected more free space than spool.min-free (" + minFree / 1_000_000 + " MB), found "
                    + free / 1_000_000 + " MB; free space on that disk");
        }
    }

    private void checkAccounts() throws InterruptedException {
        List<Rule> rules = CurrentMapping.read(
                        value("mapping.file").map(Path::of), Optional.of(names.get(ConfiguredNames.ACCOUNT)))
                .rules();
        TreeSet<String> accounts = new TreeSet<>(names.get(ConfiguredNames.ACCOUNT));
        accounts.add(CustomEvent.DEFAULT_ACCOUNT);
        for (String account : accounts) {
            AccountProbe probe = new AccountProbe(account, last -> value("listrak." + account + "." + last)
                    .or(() -> value("listrak." + last))
                    .orElseThrow());
            probe.run(rules);
            probe.successes().forEach(this::ok);
            probe.mistakes().forEach(this::fix);
        }
    }

    private void checkSources() {
        if (isEnabled("source.kafka.enabled")) {
            checkBrokers("source.kafka.brokers");
        }
        if (isEnabled("source.amqp.enabled")) {
            checkUrl("source.amqp.url");
        }
    }

    private void checkThirdParties() {
        names.get(ConfiguredNames.WEBHOOK).forEach(name -> checkUrl("webhook." + name + ".forward-url"));
        checkUrl("alerts.url");
    }

    private void checkBrokers(String key) {
        for (String broker : value(key).orElse("").split(",")) {
            connect(key, URI.create("kafka://" + broker.strip()));
        }
    }

    private void checkUrl(String key) {
        value(key).map(URI::create).ifPresent(url -> connect(key, url));
    }

    /** Opens a connection and closes it, and sends nothing. */
    private void connect(String key, URI url) {
        int port = url.getPort() < 0 ? PORTS.getOrDefault(url.getScheme(), -1) : url.getPort();
        if (url.getHost() == null || port < 0) {
            fix(key + ": expected host:port, found a value without host or port");
            return;
        }
        String where = key + ": " + url.getHost() + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), port), CONNECT_TIMEOUT_MILLIS);
            ok(where + ": connected");
        } catch (IOException e) {
            fix(where + ": can't connect (" + reason(e) + "); check the address, DNS and firewalls");
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof UnknownHostException
                ? "unknown host"
                : Objects.requireNonNullElse(failure.getMessage(), "no reason given")
                        .toLowerCase(Locale.ROOT);
    }

    private boolean isEnabled(String key) {
        return value(key).filter(Boolean::parseBoolean).isPresent();
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(config.getConfigValue(key).getValue()).filter(text -> !text.isBlank());
    }
}
