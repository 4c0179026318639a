package dev.listrakrelay.admin;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Shows the books of a day: how many events were accepted, and what became of them. */
@ApplicationScoped
public class AdminBooks implements AdminCalls {

    private final AdminSpools spools;
    private final AnsweringProcess process;
    private final Clock clock;
    private final CallTurns turn = new CallTurns(1, "books: others are being counted, expected one call at a time");

    AdminBooks(AdminSpools spools, AnsweringProcess process, Clock clock) {
        this.spools = spools;
        this.process = process;
        this.clock = clock;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/books").blockingHandler(this::show, false);
    }

    private void show(RoutingContext http) {
        LocalDate day = day(http.queryParams().get("day"));
        String format = Optional.ofNullable(http.queryParams().get("format")).orElse("json");
        if (!format.matches("json|csv|text")) {
            throw AdminRefusal.of("format", "json, csv or text", format);
        }
        turn.run(
                http,
                () -> send(
                        http, books(day, Optional.ofNullable(http.queryParams().get("spool"))), format));
    }

    private DayBooks books(LocalDate day, Optional<String> spool) {
        DayBooks books = new DayBooks(day, clock.instant());
        spools.searched(spool).forEach(books::add);
        return books;
    }

    private void send(RoutingContext http, DayBooks books, String format) {
        if (format.equals("json")) {
            AdminAnswer.send(http, process.sign(books.json()));
            return;
        }
        boolean isCsv = format.equals("csv");
        String text = isCsv ? BookText.csv(books) : BookText.text(books) + "\n";
        AdminAnswer.send(
                http,
                200,
                isCsv ? "text/csv; charset=UTF-8" : "text/plain; charset=UTF-8",
                AdminRights.isMasked(http) ? AdminMask.emails(text) : text);
    }

    private LocalDate day(String text) {
        try {
            return text == null ? clock.instant().atOffset(ZoneOffset.UTC).toLocalDate() : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw AdminRefusal.of("day", "a day such as 2026-06-06", text);
        }
    }
}
