package io.stead.schema.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a hostile text can't do: run out of stack or of memory, or forge a line of output. */
class YamlTextTest {
    private final Problems problems = new Problems("f.yaml");

    @Test
    void aliasesToLists_areBounded() {
        YamlText.documents("a: &a [1]\nb: [" + "*a,".repeat(51) + "]\n", problems);

        assertThat(problems.list())
                .map(Object::toString)
                .containsExactly(
                        "f.yaml:1:1: not YAML: Number of aliases for non-scalar nodes exceeds the specified max=50");
    }

    @Test
    void listThatHoldsItself_isReadNoDeeperThanTheReaderAsks() {
        YamlValue list = YamlText.documents("&a [*a]\n", problems).getFirst();

        assertThat(list.list("a list").getFirst().list("a list")).hasSize(1);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void nesting_isBounded() {
        assertThat(YamlText.documents("[".repeat(500_000), problems)).isEmpty();
        assertThat(problems.list()).map(Problem::message).containsExactly("not YAML: nested more than 32 deep");
    }

    @Test
    void whatStandsBeforeAnErrorOfSyntax_isKept() {
        assertThat(YamlText.documents("a: 1\n---\nb: [\n", problems)).hasSize(1);
        assertThat(problems.count()).isEqualTo(1);
    }

    @Test
    void placeOfAForbiddenCharacter_isCountedByLineAndColumn() {
        YamlText.documents("a: \ud83d\ude00\nbc\u0001\n", problems);

        assertThat(problems.list()).map(Problem::place).containsExactly(new Place(2, 3));
    }

    @Test
    void problem_isOneLine_whateverTheKeysHold() {
        YamlText.documents("\"a\\n\\e[2J\": 1\n", problems).getFirst().map("a map", keys -> Optional.empty());

        assertThat(problems.list())
                .map(Object::toString)
                .isEqualTo(List.of("f.yaml:1:1: unknown key \"a\\u000a\\u001b[2J\": use "));
    }
}
