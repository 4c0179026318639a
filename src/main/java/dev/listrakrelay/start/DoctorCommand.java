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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at all that a start needs, inside and outside, and starts nothing: a line for each, with what to do about it. */
final class DoctorCommand {

    static final int NOT_WELL = 78;

    private static final int PATIENCE_MILLIS = 5_000;
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "amqp", 5672, "amqps", 5671);

    private final SmallRyeConfig config;
    private final Map<String, Set<String>> names;
    private final PrintStream out;
    private boolean isWell = true;

    private DoctorCommand(SmallRyeConfig config, PrintStream out) {
        this.config = config;
        this.names = ConfiguredNames.in(config);
        this.out = out;
    }

    /** @return 0 if the service can start and reaches all that it talks to, 78 if not */
    static int run(SmallRyeConfig config, PrintStream out) throws IOException, InterruptedException {
        DoctorCommand doctor = new DoctorCommand(config, out);
        List<String> mistakes = new ConfigurationCheck(config).mistakesInSettings();
        mistakes.forEach(doctor::wrong);
        if (mistakes.isEmpty()) {
            doctor.good("configuration and mapping: no mistakes");
            doctor.spool();
            doctor.accounts();
            doctor.sources();
            doctor.thirdParties();
        }
        return doctor.isWell ? 0 : NOT_WELL;
    }

    private void good(String line) {
        out.println("ok   " + line);
    }

    private void wrong(String line) {
        isWell = false;
        out.println("fix  " + line);
    }

    private void spool() throws IOException {
        Path dir = Path.of(value("spool.dir").orElse("data")).toAbsolutePath();
        if (value("spool.engine").filter("kafka"::equalsIgnoreCase).isPresent()) {
            brokers("spool.kafka.brokers");
        } else if (Files.isDirectory(dir) && !SpoolFolder.isInUse(dir)) {
            SpoolFolder.mistakes(dir).forEach(this::wrong);
        }
        Path there = dir;
        while (!Files.isDirectory(there)) {
            there = there.getParent();
        }
        if (!Files.isWritable(there)) {
            wrong("spool.dir: expected a folder that can be written, found " + there);
        }
        disk("spool.dir: " + dir, Files.getFileStore(there).getUsableSpace());
    }

    private void disk(String where, long free) {
        long floor = value("spool.min-free")
                .map(text -> config.convert(text, MemorySize.class).asLongValue())
                .orElse(0L);
        if (free > floor) {
            good(where + ", " + free / 1_000_000 + " MB are free");
        } else {
            wrong(where + ": expected more than spool.min-free, " + floor / 1_000_000 + " MB, found " + free / 1_000_000
                    + " MB; make room on its disk");
        }
    }

    private void accounts() throws InterruptedException {
        List<Rule> rules = CurrentMapping.read(
                        value("mapping.file").map(Path::of), Optional.of(names.get(ConfiguredNames.ACCOUNT)))
                .rules();
        TreeSet<String> accounts = new TreeSet<>(names.get(ConfiguredNames.ACCOUNT));
        accounts.add(CustomEvent.DEFAULT_ACCOUNT);
        for (String account : accounts) {
            AccountProbe look = new AccountProbe(account, last -> value("listrak." + account + "." + last)
                    .or(() -> value("listrak." + last))
                    .orElseThrow());
            look.ask(rules);
            look.good().forEach(this::good);
            look.mistakes().forEach(this::wrong);
        }
    }

    private void sources() {
        if (isEnabled("source.kafka.enabled")) {
            brokers("source.kafka.brokers");
        }
        if (isEnabled("source.amqp.enabled")) {
            url("source.amqp.url");
        }
    }

    private void thirdParties() {
        names.get(ConfiguredNames.WEBHOOK).forEach(name -> url("webhook." + name + ".forward-url"));
    }

    private void brokers(String key) {
        for (String broker : value(key).orElse("").split(",")) {
            reach(key, URI.create("kafka://" + broker.strip()));
        }
    }

    private void url(String key) {
        value(key).map(URI::create).ifPresent(url -> reach(key, url));
    }

    /** By a connection alone: nothing is sent. */
    private void reach(String key, URI url) {
        int port = url.getPort() < 0 ? PORTS.getOrDefault(url.getScheme(), -1) : url.getPort();
        if (url.getHost() == null || port < 0) {
            wrong(key + ": expected host:port, found another");
            return;
        }
        String where = key + ": " + url.getHost() + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), port), PATIENCE_MILLIS);
            good(where + " can be reached");
        } catch (IOException e) {
            wrong(where + ": expected a connection, found " + e + "; check the address, DNS and firewalls");
        }
    }

    private boolean isEnabled(String key) {
        return value(key).filter(Boolean::parseBoolean).isPresent();
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(config.getConfigValue(key).getValue()).filter(text -> !text.isBlank());
    }
}
