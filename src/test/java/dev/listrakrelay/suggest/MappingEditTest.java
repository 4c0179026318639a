package dev.listrakrelay.suggest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines are added to the text of a mapping file, and the diff of both texts gives the same text again. */
class MappingEditTest {

    private static final String TOP = "contact: {email: [$.a]}\nevents:\n";
    private static final SuggestedLine RENAME =
            SuggestedLine.of(List.of("events", 0, "fields"), "rename", "orderId", "id");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    "- when: {type: page}¶  event_name: p¶"                   | "- when: {type: page}¶  event_name: p¶  fields:¶    rename:¶      orderId: id¶"
                    "- when: {type: page}¶  event_name: p"                    | "- when: {type: page}¶  event_name: p¶  fields:¶    rename:¶      orderId: id¶"
                    "- event_name: |-¶    p¶¶  # end¶¶"                       | ""
                    "- when: {type: page}¶  event_name: |-¶    p¶¶# end¶"     | "- when: {type: page}¶  event_name: |-¶    p¶  fields:¶    rename:¶      orderId: id¶¶# end¶"
                    "- when: {type: page}¶  event_name: >¶    p¶    q"        | "- when: {type: page}¶  event_name: >¶    p¶    q¶  fields:¶    rename:¶      orderId: id¶"
                    "- event_name: p¶  when:¶      type:¶        - page # x¶" | "- event_name: p¶  when:¶      type:¶        - page # x¶  fields:¶      rename:¶          orderId: id¶"
                    "- when: {type: page}¶  event_name: 'p¶    q'   # 'x¶"    | "- when: {type: page}¶  event_name: 'p¶    q'   # 'x¶  fields:¶    rename:¶      orderId: id¶"
                    "- {when: {type: page}, event_name: 😀,¶   } # x¶"        | "- {when: {type: page}, event_name: 😀, fields: {rename: {orderId: id}},¶   } # x¶"
                    "- when: {type: page}¶  event_name: p¶  fields: {}¶"      | "- when: {type: page}¶  event_name: p¶  fields: {rename: {orderId: id}}¶"
                    "- when: {type: page}¶  event_name: p¶  fields: { rename: { a: b } }¶" | "- when: {type: page}¶  event_name: p¶  fields: { rename: { a: b, orderId: id } }¶"
                    "- when: {type: page}¶  event_name: p¶  fields:¶    rename:¶      orderId: x¶" | ""
                    "- when: {type: page}¶  event_name: p¶  fields:¶    rename: {a: id}¶"          | ""
                    """)
    void anEntryIsAddedAndTheRestOfTheFileStays(String rule, String expected) throws Exception {
        for (String end : List.of("\n", "\r\n")) {
            // given
            String before = text(TOP + rule, end);

            // when
            MappingEdit edit = new MappingEdit(before, List.of(RENAME));

            // then
            String after = expected.isEmpty() ? before : text(TOP + expected, end);
            assertEquals(after, edit.yaml());
            assertEquals(!expected.isEmpty(), edit.has(RENAME));
            Path file = Files.writeString(folder.resolve("a.mapping.yaml"), before);
            assertEquals(after, Patch.applied(file, UnifiedDiff.of("a.mapping.yaml", before, after)));
        }
    }

    private static String text(String told, String end) {
        return told.replace('¶', '\n').replace("\n", end);
    }

    @Test
    void aLineThatWouldBreakTheFileIsLeftOutAndTheOthersAreAdded() {
        // given
        String yaml = TOP + "- when: {type: page}\n  event_name: p\n";
        SuggestedLine reserved =
                SuggestedLine.of(List.of("events", 0, "fields"), "set", "event_name", "$.properties.event_name");
        SuggestedLine missing = SuggestedLine.of(List.of("events", 7, "fields"), "set", "a", "$.a");

        // when
        MappingEdit edit = new MappingEdit(yaml, List.of(reserved, missing, RENAME));

        // then
        assertEquals(yaml + "  fields:\n    rename:\n      orderId: id\n", edit.yaml());
        assertFalse(edit.has(reserved));
        assertFalse(edit.has(missing));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            textBlock =
                    """
                    order_id,                  order_id
                    Order ID,                  Order ID
                    $.properties.cart.total,   $.properties.cart.total
                    $.properties['Order ID'],  "$.properties['Order ID']"
                    yes,                       "yes"
                    null,                      "null"
                    12,                        "12"
                    a: b,                      "a: b"
                    a #b,                      "a #b"
                    `a, b`,                    `"a, b"`
                    -a,                        "-a"
                    *a,                        "*a"
                    """)
    void aTextGetsQuotesIfYamlNeedsThem(String text, String expected) {
        assertEquals(expected, YamlText.scalar(text));
    }
}
