package dev.listrakrelay.start;

import java.io.PrintStream;

/** Prints the books of a day: how many events were accepted, and what became of them. */
final class BooksCommand {

    private BooksCommand() {}

    static int run(CommandOptions options, AdminClient relay, PrintStream out, PrintStream err)
            throws AdminClient.CallRefused {
        options.plain(0, "options alone, such as --day 2026-06-06");
        StringBuilder path = new StringBuilder("books?format=" + options.oneOf("--format", "text", "csv", "json"));
        options.get("--day").ifPresent(day -> path.append("&day=").append(AdminClient.encoded(day)));
        options.get("--spool").ifPresent(spool -> path.append("&spool=").append(AdminClient.encoded(spool)));
        String books = relay.get(path.toString());
        out.print(books.endsWith("\n") ? books : books + "\n");
        return 0;
    }
}
