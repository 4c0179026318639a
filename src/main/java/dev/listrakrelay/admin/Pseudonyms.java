package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Replaces the personal data of an event by pseudonyms: e-mail addresses, ids, names, phone numbers and places. Equal values get
 * equal pseudonyms of the same form. All other values stay, because rules use them.
 */
final class Pseudonyms {

    private static final Pattern EMAIL = Pattern.compile(
            "[^\\s\"'<>()\\[\\]{},;:@=&?/|\\\\]+(@|%40)[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?");
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern ID_KEY = Pattern.compile(
            "(user|anonymous|message|previous|group|order|checkout|cart|session|customer|contact|profile|device|account"
                    + "|advertising|visitor|member|subscriber|transaction|payment)_?(id|number|token)");
    private static final Set<String> PERSONAL = Set.of(
            "firstname",
            "lastname",
            "fullname",
            "username",
            "phone",
            "mobile",
            "telephone",
            "address",
            "street",
            "address1",
            "address2",
            "city",
            "postalcode",
            "zip",
            "zipcode",
            "birthday",
            "birthdate",
            "ip",
            "latitude",
            "longitude",
            "token",
            "useragent",
            "shippingaddress",
            "billingaddress",
            "avatar");
    /** Objects whose {@code id} and {@code name} are personal. */
    private static final Set<String> PERSONS = Set.of("traits", "user", "customer", "contact", "device", "account");

    private final Map<String, String> known = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** Returns a copy of an event with pseudonyms. */
    ObjectNode of(ObjectNode event) {
        findIds("", "", event);
        return (ObjectNode) replaced("", "", event);
    }

    /** Finds all ids first, so that they are replaced everywhere in the event. */
    private void findIds(String parent, String key, JsonNode node) {
        if (node.isContainerNode()) {
            node.properties()
                    .forEach(member -> findIds(key.isEmpty() ? parent : key, member.getKey(), member.getValue()));
            if (node.isArray()) {
                node.forEach(item -> findIds(parent, key, item));
            }
        } else if (isId(parent, key) && !node.isNull() && !node.asText().contains("@")) {
            id(key, node.asText());
        }
    }

    private JsonNode replaced(String parent, String key, JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = ((ObjectNode) node).objectNode();
            boolean isPersonal = isPersonal(parent, key);
            node.properties()
                    .forEach(member -> object.set(
                            text(member.getKey()),
                            replaced(
                                    isPersonal ? "address" : key,
                                    isPersonal ? "address" : member.getKey(),
                                    member.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = ((ArrayNode) node).arrayNode();
            node.forEach(item -> array.add(replaced(parent, key, item)));
            return array;
        }
        if (node.isNull() || node.isBoolean()) {
            return node;
        }
        String text = node.asText();
        String other = known.containsKey(text) ? known.get(text) : isPersonal(parent, key) ? shape(text) : text(text);
        if (node.isNumber()) {
            return other.equals(text) ? node : BigIntegerNode.valueOf(new BigInteger(other.replaceAll("\\D", "1")));
        }
        return TextNode.valueOf(other);
    }

    private static boolean isId(String parent, String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return ID_KEY.matcher(name).matches() || name.equals("id") && PERSONS.contains(parent);
    }

    private static boolean isPersonal(String parent, String key) {
        String name = key.toLowerCase(Locale.ROOT).replace("_", "");
        return PERSONAL.contains(name) || name.equals("name") && PERSONS.contains(parent);
    }

    private void id(String key, String text) {
        if (text.isBlank() || known.containsKey(text)) {
            return;
        }
        String word = key.toLowerCase(Locale.ROOT).replaceFirst("_?(id|number|token)$", "");
        int number = counts.merge("id", 1, Integer::sum);
        if (UUID.matcher(text).matches()) {
            known.put(text, "00000000-0000-4000-8000-%012d".formatted(number));
        } else if (text.chars().allMatch(Character::isDigit)) {
            int digits = Math.max(text.length(), String.valueOf(number).length());
            known.put(text, digits == 1 ? String.valueOf(number) : "1" + ("%0" + (digits - 1) + "d").formatted(number));
        } else {
            known.put(text, (word.isEmpty() ? "id" : word) + "-" + number);
        }
    }

    /** Returns the pseudonym of an address. Upper and lower case do not matter. */
    String email(String address) {
        return known.computeIfAbsent(
                address.toLowerCase(Locale.ROOT).replace("%40", "@"),
                first -> "user" + counts.merge("email", 1, Integer::sum) + "@example.com");
    }

    /** Replaces addresses and long ids in a text. */
    private String text(String text) {
        String other = EMAIL.matcher(text)
                .replaceAll(found -> found.group(1).equals("@")
                        ? email(found.group())
                        : email(found.group()).replace("@", "%40"));
        for (Map.Entry<String, String> id : known.entrySet()) {
            boolean isLong = id.getKey().length() > 4 && !id.getKey().contains("@");
            other = isLong ? other.replace(id.getKey(), id.getValue()) : other;
        }
        return other;
    }

    private String shape(String text) {
        if (EMAIL.matcher(text).find()) {
            return text(text);
        }
        return text.codePoints()
                .map(c -> Character.isDigit(c) ? '0' : Character.isUpperCase(c) ? 'X' : Character.isLetter(c) ? 'x' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
