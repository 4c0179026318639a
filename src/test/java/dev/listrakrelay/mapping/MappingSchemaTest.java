package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The JSON schema for editors accepts and refuses the same mapping files as the program, as far as a schema can. */
class MappingSchemaTest {

    private static final Path FILE = Path.of("routes/mappings/listrak.mapping.schema.json");
    private static final String BEYOND = "# beyond the schema";

    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(FILE.toUri());

    @TestFactory
    Stream<DynamicTest> everyMappingFileIsTaken() throws IOException {
        return files(Path.of("routes/mappings"), ".mapping.yaml").stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.toString(), () -> assertEquals(Set.of(), mistakes(Files.readAllBytes(file)))));
    }

    @Test
    void everyExampleOfThePagesIsAccepted() throws IOException {
        List<String> blocks = MappingReadmeTest.blocks();
        for (int i = 0; i < blocks.size(); i += 2) {
            assertEquals(Set.of(), mistakes(blocks.get(i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyInvalidFileIsRefused() throws IOException {
        return files(Path.of("src/test/resources/mapping"), ".yaml").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> refused(file)));
    }

    private void refused(Path file) throws IOException {
        byte[] yaml = Files.readAllBytes(file);
        boolean isBeyond = Files.readString(file).contains(BEYOND);
        try {
            assertEquals(isBeyond, mistakes(yaml).isEmpty(), "taken by the schema, expected '" + BEYOND + "' there");
        } catch (InvalidMapping noYaml) {
            assertFalse(isBeyond);
        }
    }

    /** All keys of a mapping file, read from the schema. */
    static Set<String> keys() throws IOException {
        Set<String> keys = new TreeSet<>();
        addKeys(new ObjectMapper().readTree(FILE.toFile()), keys);
        assertTrue(keys.contains("mobile_contact_uid") && keys.contains("rename"));
        return keys;
    }

    private static void addKeys(JsonNode schema, Set<String> keys) {
        schema.path("properties").fieldNames().forEachRemaining(keys::add);
        schema.forEach(inner -> addKeys(inner, keys));
    }

    private Set<ValidationMessage> mistakes(byte[] yaml) {
        JsonNode tree = YamlFile.read("m.yaml", yaml);
        return schema.validate(tree);
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
