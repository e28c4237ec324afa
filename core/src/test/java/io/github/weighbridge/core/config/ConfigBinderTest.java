package io.github.weighbridge.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of component, every problem with its whole message, and the way back. */
class ConfigBinderTest {

  private static final Place PLACE = Place.file("m.h5").withLayer("d", "Thing");

  private enum Colour {
    DARK_RED,
    BLUE
  }

  /** A type of our own: even numbers. */
  private record Even(long value) {
    static final ConfigType<Even> TYPE =
        new ConfigType<>(
            Even.class,
            "an even number",
            tree -> new Even(tree.asLong().orElseThrow(IllegalArgumentException::new)),
            even -> Tree.of(even.value()));

    Even {
      if (value % 2 != 0) {
        throw new IllegalArgumentException(value + " is odd");
      }
    }
  }

  private record Thing(
      int count,
      long largeCount,
      double ratio,
      boolean useBias,
      String name,
      Colour colour,
      Even even,
      Tree anything,
      List<Integer> sizes,
      List<List<Double>> table,
      @Nullable Integer optional,
      List<@Nullable Long> gaps) {
    Thing {
      if (count < 0) {
        throw new IllegalArgumentException("count must not be negative");
      }
    }
  }

  private record Unbindable(StringBuilder text) {}

  private final ConfigBinder binder = new ConfigBinder(List.of(Even.TYPE));

  private static Tree.Obj config() {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("count", 3);
    data.put("large_count", 1L << 40);
    data.put("ratio", 1);
    data.put("use_bias", true);
    data.put("name", "n");
    data.put("colour", "dark_red");
    data.put("even", 4);
    data.put("anything", Map.of("k", "v"));
    data.put("sizes", List.of(1, 2));
    data.put("table", List.of(List.of(1.5, 2.0), List.of()));
    data.put("optional", null);
    data.put("gaps", Arrays.asList(null, 7));
    return (Tree.Obj) Tree.of(data);
  }

  @Test
  void bindsEveryType() {
    Problems problems = new Problems();
    assertThat(binder.bind(Thing.class, config(), PLACE, problems))
        .contains(
            new Thing(
                3,
                1L << 40,
                1,
                true,
                "n",
                Colour.DARK_RED,
                new Even(4),
                Tree.of(Map.of("k", "v")),
                List.of(1, 2),
                List.of(List.of(1.5, 2.0), List.of()),
                null,
                Arrays.asList(null, 7L)));
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void writesWhatItWouldBind() {
    Thing thing = binder.bind(Thing.class, config(), PLACE, new Problems()).orElseThrow();
    Tree.Obj written = binder.write(thing);
    assertThat(written.with("ratio", Tree.of(1))).isEqualTo(config());
    assertThat(written.members().keySet())
        .containsExactlyElementsOf(ConfigBinder.keys(Thing.class));
    assertThat(binder.bind(Thing.class, written, PLACE, new Problems())).contains(thing);
  }

  @Test
  void otherKeysAreLeftAlone() {
    Tree.Obj more = config().with("unheard_of", Tree.of(1));
    assertThat(binder.bind(Thing.class, more, PLACE, new Problems())).isPresent();
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
        arguments("count", "3", "must be a whole number, found \"3\""),
        arguments("count", 2.5, "must be a whole number, found 2.5"),
        arguments("count", 1L << 31, "must be a whole number, found 2147483648"),
        arguments("count", null, "must be a whole number, found null"),
        arguments("large_count", 1e300, "must be a whole number, found 1.0E300"),
        arguments("ratio", "x", "must be a number, found \"x\""),
        arguments("use_bias", 1, "must be true or false, found 1"),
        arguments("name", List.of(), "must be a string, found []"),
        arguments("colour", "green", "must be one of 'dark_red', 'blue', found \"green\""),
        arguments("colour", null, "must be one of 'dark_red', 'blue', found null"),
        arguments("even", 3, "must be an even number (3 is odd), found 3"),
        arguments("even", "x", "must be an even number, found \"x\""),
        arguments("sizes", 3, "must be a list, found 3"),
        arguments("sizes", List.of("x"), "must be a whole number, found [\"x\"]"),
        arguments("sizes", Arrays.asList(1, null), "must be a whole number, found [1, null]"),
        arguments("table", List.of(1), "must be a list, found [1]"),
        arguments("optional", "x", "must be a whole number, found \"x\""),
        arguments("gaps", null, "must be a list, found null"));
  }

  private static final String CORRECT = "; correct it where the model is built, and save it again";

  @ParameterizedTest(name = "{0} = {1}")
  @MethodSource("wrongValues")
  void wrongValuesAreTold(String key, @Nullable Object value, String message) {
    Problems problems = new Problems();
    Optional<Thing> bound =
        binder.bind(Thing.class, config().with(key, Tree.of(value)), PLACE, problems);
    assertThat(bound).isEmpty();
    assertThat(problems.all())
        .singleElement()
        .hasToString("m.h5, layer 'd' (Thing), " + key + ": " + message + CORRECT)
        .extracting(Problem::code)
        .isEqualTo(ProblemCode.CONFIG_VALUE_INVALID);
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    Problems problems = new Problems();
    Tree.Obj config = config().without("name").with("count", Tree.of("x")).without("optional");
    assertThat(binder.bind(Thing.class, config, PLACE, problems)).isEmpty();
    String advice =
        "must be in the configuration; the file may be of a version that is not known here";
    assertThat(problems.all())
        .extracting(Problem::toString)
        .containsExactly(
            "m.h5, layer 'd' (Thing), count: must be a whole number, found \"x\"" + CORRECT,
            "m.h5, layer 'd' (Thing), name: " + advice,
            "m.h5, layer 'd' (Thing), optional: " + advice);
  }

  @Test
  void rulesOfTheRecordAreTold() {
    Problems problems = new Problems();
    Tree.Obj config = config().with("count", Tree.of(-1));
    assertThat(binder.bind(Thing.class, config, PLACE, problems)).isEmpty();
    assertThat(problems.all())
        .singleElement()
        .hasToString(
            "m.h5, layer 'd' (Thing): count must not be negative, found count -1" + CORRECT);
  }

  @Test
  void componentsOfUnknownTypesAreOurMistake() {
    Tree.Obj config = Tree.object().with("text", Tree.of("x"));
    assertThatThrownBy(() -> binder.bind(Unbindable.class, config, PLACE, new Problems()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no rule for components of type class java.lang.StringBuilder");
  }

  @Test
  void keysAreInSnakeCase() {
    assertThat(ConfigBinder.snakeCase("zeroOutputForMask")).isEqualTo("zero_output_for_mask");
    assertThat(ConfigBinder.snakeCase("l1")).isEqualTo("l1");
  }
}
