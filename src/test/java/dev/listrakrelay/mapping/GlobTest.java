package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Event names in rules may contain the wildcards {@code *} and {@code ?}. */
class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "video *,video started,true",
        "video *,video,false",
        "*,'',true",
        "*viewed,product viewed,true",
        "*viewed,product viewed twice,false",
        "product * viewed,product list viewed,true",
        "*a*b*,xxaxxbxx,true",
        "*a*b*,xxbxxaxx,false",
        "*aab,aaaab,true",
        "step ?,step 2,true",
        "step ?,step 12,false",
        "step ?,step ,false",
        "ab,ab,true",
        "ab,abc,false",
        "ab**,ab,true"
    })
    void aStarIsAnyTextAndAQuestionMarkAnyCharacter(String pattern, String name, boolean expected) {
        // given
        Glob glob = new Glob(pattern);

        // when
        boolean matches = glob.matches(name);

        // then
        assertEquals(expected, matches);
    }
}
