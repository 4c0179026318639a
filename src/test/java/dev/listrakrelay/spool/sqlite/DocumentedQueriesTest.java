package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The queries of src/docs/spool-file.md work on a spool's file. */
class DocumentedQueriesTest extends SqliteFixture {

    private static final Pattern QUERY = Pattern.compile("(?ms)^```sql\n(.*?)^```$");

    @Test
    void everyQueryOfThePageReadsTheFile() throws Exception {
        // given
        open(1);
        append("1");
        String page = Files.readString(Path.of("src/docs/spool-file.md")).replace("a@example.com", "contact-1");
        List<String> queries = QUERY.matcher(page)
                .results()
                .flatMap(block -> Stream.of(block.group(1).strip().split(";")))
                .toList();

        // when
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("events.db"));
                Statement statement = connection.createStatement()) {
            for (String query : queries) {
                try (ResultSet rows = statement.executeQuery(query)) {
                    int last = rows.getMetaData().getColumnCount();
                    found.add(rows.next() ? rows.getString(last) : "no row");
                }
            }
        }

        // then
        assertTrue(queries.size() > 4);
        assertEquals(List.of("1", "waiting", "no row", "no row", "{}"), found);
    }
}
