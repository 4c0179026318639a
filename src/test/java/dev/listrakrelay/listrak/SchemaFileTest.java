package dev.listrakrelay.listrak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schemas of custom events survive a restart. */
class SchemaFileTest {

    private static final Instant AT = Instant.parse("2026-06-06T12:34:56Z");
    private static final byte[] ANSWER =
            """
            {"data":{"eventUID":"u","eventSchemaAttrs":{"revenue":"Double"},"featureAccess":["Workflow"]},"meta":{}}"""
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path dir;

    @Test
    void theNextProcessReadsTheSchemasThatWereWritten() throws IOException {
        // given
        SchemaFile before = new SchemaFile(dir.resolve("schemas.json"));
        before.put("listrak u", ANSWER, AT);
        before.write();

        // when
        SchemaFile.Saved kept =
                new SchemaFile(dir.resolve("schemas.json")).get("listrak u").orElseThrow();

        // then
        assertEquals(new SchemaFile.Saved(new EventSchema("", Map.of("revenue", "Double"), true), AT), kept);
    }

    @Test
    void aDamagedFileCountsAsNone() throws IOException {
        // given
        Files.writeString(dir.resolve("schemas.json"), "{\"listrak u\": {\"at\": 7, \"answer\"");

        // when
        SchemaFile file = new SchemaFile(dir.resolve("schemas.json"));

        // then
        assertFalse(file.get("listrak u").isPresent());
        file.put("listrak u", ANSWER, AT);
        file.write();
        assertTrue(new SchemaFile(dir.resolve("schemas.json")).get("listrak u").isPresent());
    }

    @Test
    void aMissingFolderIsCreated() throws IOException {
        // given
        Path missing = dir.resolve("missing").resolve("schemas.json");
        SchemaFile file = new SchemaFile(missing);
        file.put("listrak u", ANSWER, AT);

        // when
        file.write();

        // then
        assertTrue(new SchemaFile(missing).get("listrak u").isPresent());
    }

    @Test
    void ifTheFileCannotBeWrittenTheSchemasStayInMemory() throws IOException {
        // given
        Path unwritable = Files.writeString(dir.resolve("a-file"), "").resolve("schemas.json");
        SchemaFile file = new SchemaFile(unwritable);
        file.put("listrak u", ANSWER, AT);

        // when
        file.write();

        // then
        assertTrue(file.get("listrak u").isPresent());
    }
}
