package dev.listrakrelay.alert;

import java.util.Locale;

/** What the relay raises alerts about. Each kind has the name, the severity and the advice of its rule for Prometheus. */
enum AlertKind {
    DESTINATION_PARKED(
            "ListrakRelayDestinationParked",
            Severity.CRITICAL,
            "overview",
            "{subject} is no longer parked.",
            "Fix the credential, access, URL or certificate that the reason names. Delivery resumes by itself, within 15"
                    + " minutes. To resume at once, press \"Try now\" on the page."),
    SOURCE_REFUSED(
            "ListrakRelaySourceRefused",
            Severity.CRITICAL,
            "overview",
            "The broker accepts the source {subject} again.",
            "Fix the login, the certificate or the permission at the broker. The source resumes by itself."),
    SPOOL_FULL(
            "ListrakRelaySpoolFull",
            Severity.CRITICAL,
            "overview",
            "The spool {subject} accepts events again.",
            "Make room now: enlarge the disk, or raise spool.max-bytes. Callers get 503 until then. The intake resumes by"
                    + " itself."),
    SPOOL_FILLING(
            "ListrakRelaySpoolFilling",
            Severity.WARNING,
            "overview",
            "The spool {subject} has room again.",
            "If events wait, find out why their destination accepts too little. Else shorten spool.history, or raise"
                    + " spool.max-bytes."),
    DISK_FILLING(
            "ListrakRelayDiskFilling",
            Severity.WARNING,
            "overview",
            "The disk of spool.dir has room again.",
            "See what grows on the disk of spool.dir, and enlarge it. Never delete files in spool.dir."),
    OLD_PENDING(
            "ListrakRelayOldPending",
            Severity.WARNING,
            "overview",
            "No event of the spool {subject} waits that long any more.",
            "Look at the status of the requests. If they fail, ask the destination, or wait: the relay retries by itself."
                    + " If they succeed, the lanes are too slow."),
    DEAD_LETTERS(
            "ListrakRelayDeadLetters",
            Severity.WARNING,
            "dead",
            "No new dead letters: {subject}. Those that you did not replay are on the page.",
            "Open \"Dead letters\" on the page, fix the cause, then replay them. They are kept for"
                    + " spool.dead-letter-retention (30 d)."),
    MAPPING_REFUSED(
            "ListrakRelayMappingRefused",
            Severity.WARNING,
            "settings",
            "The mapping file is active.",
            "Fix the mapping file. The log and the page list all mistakes. The relay loads the file within seconds; until"
                    + " then the previous mapping stays active."),
    CONTRACT_ISSUES(
            "ListrakRelayContractIssues",
            Severity.WARNING,
            "contract",
            "The mapping and the custom events of Listrak agree.",
            "Open \"Contract\" on the page. Correct the mapping, or the fields of the custom event in Listrak."),
    EVENT_QUIET(
            "ListrakRelayEventQuiet",
            Severity.WARNING,
            "live",
            "{subject} arrives again.",
            "Check the source that sends this event: its last release, its write key, and the answers that it got."),
    DELIVERY_LOG_LOST(
            "ListrakRelayDeliveryLogLost",
            Severity.CRITICAL,
            "overview",
            "The delivery log of the spool {subject} loses no more records.",
            "Repair the file, the address or the topic now: the log says what is wrong. If that takes long, raise"
                    + " delivery-log.max-unsent."),
    DELIVERY_LOG_BEHIND(
            "ListrakRelayDeliveryLogBehind",
            Severity.WARNING,
            "overview",
            "The delivery log of the spool {subject} is sent again.",
            "Repair the file, the address or the topic: the log says what is wrong. The relay tries again by itself."),
    CERTIFICATE_ENDING(
            "ListrakRelayCertificateEnding",
            Severity.WARNING,
            "settings",
            "The certificate {subject} is renewed.",
            "Renew the PEM files. The relay reads them within quarkus.tls.<name>.reload-period, without a restart."),
    /** Is about nothing: an operator asked for it. */
    TEST(
            "ListrakRelayTest",
            Severity.WARNING,
            "overview",
            "The test is over.",
            "Nothing. An operator of the relay asked for this alert, to see that alerts arrive."),
    /** Stands for the alerts that the limit of alerts a minute held back. Alertmanager groups alerts by itself. */
    MANY_ALERTS(
            "ListrakRelayManyAlerts",
            Severity.CRITICAL,
            "overview",
            "All problems of the summary are over.",
            "Open the page, and look for a common cause. The relay tells these problems only in this summary.");

    private final String alert;
    private final Severity severity;
    private final String view;
    private final String over;
    private final String todo;

    /** How urgent an alert is, as in the rules for Prometheus. */
    enum Severity {
        CRITICAL,
        WARNING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    AlertKind(String alert, Severity severity, String view, String over, String todo) {
        this.alert = alert;
        this.severity = severity;
        this.view = view;
        this.over = over;
        this.todo = todo;
    }

    /** Returns the name of the alert, the same as in Prometheus. */
    String alert() {
        return alert;
    }

    Severity severity() {
        return severity;
    }

    /** Returns the view of the page that shows the problem. */
    String view() {
        return view;
    }

    /** Returns the sentence that a problem of this kind is over. */
    String over(String subject) {
        return over.replace("{subject}", subject);
    }

    /** Returns what to do about it. */
    String todo() {
        return todo;
    }
}
