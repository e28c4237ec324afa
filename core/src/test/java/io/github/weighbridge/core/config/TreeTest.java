package io.github.weighbridge.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreeTest {

  private static Tree.Obj tree() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", "d");
    data.put("sizes", Arrays.asList(3, 2.5f, null));
    data.put("a/b~c", Map.of("deep", List.of(true)));
    return (Tree.Obj) Tree.of(data);
  }

  @Test
  void everyNodeKnowsWhereItStands() {
    assertThat(tree().pointer()).isEmpty();
    assertThat(tree().items("sizes").get(1).pointer()).isEqualTo("/sizes/1");
    Tree.Obj escaped = tree().object("a/b~c").orElseThrow();
    assertThat(escaped.pointer()).isEqualTo("/a~1b~0c");
    assertThat(escaped.items("deep").get(0).pointer()).isEqualTo("/a~1b~0c/deep/0");
  }

  @Test
  void movesWithEverythingBelow() {
    Tree.Obj moved = Tree.object().with("config", tree());
    Tree.Obj config = moved.object("config").orElseThrow();
    assertThat(config.items("sizes").get(2).pointer()).isEqualTo("/config/sizes/2");
    assertThat(config).isEqualTo(tree()).hasSameHashCodeAs(tree());
  }

  @Test
  void equalWhereTheDataAre() {
    assertThat(Tree.of(3)).isEqualTo(Tree.of(3L)).isNotEqualTo(Tree.of(3.0));
    assertThat(Tree.of(Double.NaN)).isEqualTo(Tree.of(Double.NaN));
    assertThat(Tree.of(Map.of("a", 1, "b", 2))).isEqualTo(Tree.of(Map.of("b", 2, "a", 1)));
    assertThat(Tree.of(List.of(1, 2))).isNotEqualTo(Tree.of(List.of(2, 1)));
    assertThat(Tree.none()).isEqualTo(Tree.of(null)).isNotEqualTo(Tree.of("null"));
  }

  @Test
  void changesMakeNewObjects() {
    Tree.Obj tree = tree();
    assertThat(tree.with("name", Tree.of("e")).members().keySet())
        .containsExactly("name", "sizes", "a/b~c");
    assertThat(tree.withDefault("name", Tree.of("e")).text("name")).contains("d");
    assertThat(tree.without("sizes").has("sizes")).isFalse();
    assertThat(tree.without("absent")).isSameAs(tree);
    assertThat(tree.renamed("name", "title").members().keySet())
        .containsExactly("title", "sizes", "a/b~c");
    assertThat(tree.renamed("name", "sizes")).isSameAs(tree);
    assertThat(tree).isEqualTo(tree());
  }

  @Test
  void readsAsWhatItIs() {
    assertThat(Tree.of(3.0).asLong()).contains(3L);
    assertThat(Tree.of(3.5).asLong()).isEmpty();
    assertThat(Tree.of(1e300).asLong()).isEmpty();
    assertThat(Tree.of(new BigInteger("18446744073709551616")).asLong()).isEmpty();
    assertThat(Tree.of(3).asDouble()).contains(3.0);
    assertThat(Tree.of("3").asDouble()).isEmpty();
    assertThat(Tree.of(true).asBoolean()).contains(true);
    assertThat(Tree.of(1).asBoolean()).isEmpty();
    assertThat(Tree.of(List.of()).isArray()).isTrue();
    assertThat(Tree.of("x").items()).isEmpty();
    assertThat(Tree.none().isNull()).isTrue();
  }

  @Test
  void printsAsJson() {
    assertThat(tree())
        .hasToString("{\"name\": \"d\", \"sizes\": [3, 2.5, null], \"a/b~c\": {\"deep\": [true]}}");
  }

  @Test
  void otherDataAreRefused() {
    assertThatThrownBy(() -> Tree.of(Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a configuration value: class java.util.Optional");
  }
}
