package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The properties of an object of a configuration. Every method throws {@link ProblemsException} for
 * a property that is missing or no such value; with a default, DL4J's for absent ones, only for the
 * latter.
 *
 * @param tree the object
 * @param place for problems
 */
record ConfigObject(Tree.Obj tree, Place place) {

  /** A whole number, not negative. */
  int size(String key) {
    return require(key, this::readSize, "a whole number from 0 on");
  }

  int size(String key, int absent) {
    return given(key) ? size(key) : absent;
  }

  /** A whole number. */
  long integer(String key) {
    return require(key, Tree::asLong, "a whole number");
  }

  /** A number. */
  double number(String key) {
    return require(key, Tree::asDouble, "a number");
  }

  double number(String key, double absent) {
    return given(key) ? number(key) : absent;
  }

  boolean flag(String key, boolean absent) {
    return given(key) ? require(key, Tree::asBoolean, "true or false") : absent;
  }

  String text(String key, String absent) {
    return given(key) ? text(key) : absent;
  }

  String text(String key) {
    return require(key, Tree::asText, "a text");
  }

  /** The first {@code count} of a list of whole numbers, not negative. */
  List<Integer> sizes(String key, int count) {
    List<Integer> all = sizes(key);
    if (all.size() < count) {
      throw invalid(key, "must have " + count + " numbers");
    }
    return List.copyOf(all.subList(0, count));
  }

  List<Integer> sizes(String key, int count, int absent) {
    return given(key) ? sizes(key, count) : List.copyOf(Collections.nCopies(count, absent));
  }

  /** A list of whole numbers, not negative. */
  List<Integer> sizes(String key) {
    return require(
        key,
        tree -> {
          if (!(tree instanceof Tree.Arr array)) {
            return Optional.empty();
          }
          List<Integer> numbers = new ArrayList<>();
          for (Tree element : array.elements()) {
            Optional<Integer> number = readSize(element);
            if (number.isEmpty()) {
              return Optional.empty();
            }
            numbers.add(number.get());
          }
          return Optional.of(List.copyOf(numbers));
        },
        "a list of whole numbers from 0 on");
  }

  /** A list of texts. */
  List<String> texts(String key) {
    return require(
        key,
        tree -> {
          List<String> texts =
              tree.items().stream().map(Tree::asText).flatMap(Optional::stream).toList();
          boolean all = tree instanceof Tree.Arr && texts.size() == tree.items().size();
          return all ? Optional.of(texts) : Optional.empty();
        },
        "a list of texts");
  }

  /** A list of whole numbers. */
  List<Long> integers(String key) {
    return require(
        key,
        tree -> {
          List<Tree> elements = tree instanceof Tree.Arr array ? array.elements() : List.of();
          List<Long> numbers =
              elements.stream().map(Tree::asLong).flatMap(Optional::stream).toList();
          boolean all = tree instanceof Tree.Arr && numbers.size() == elements.size();
          return all ? Optional.of(numbers) : Optional.empty();
        },
        "a list of whole numbers");
  }

  /** An object. */
  ConfigObject object(String key) {
    return new ConfigObject(require(key, Tree::asObject, "an object"), place.withKey(key));
  }

  /** An object, if it is given. */
  Optional<ConfigObject> optionalObject(String key) {
    return given(key) ? Optional.of(object(key)) : Optional.empty();
  }

  /** The objects of a list, none if it is absent. */
  List<ConfigObject> objects(String key) {
    List<ConfigObject> objects = new ArrayList<>();
    for (Tree element : tree.items(key)) {
      objects.add(
          new ConfigObject(
              element.asObject().orElseThrow(() -> invalid(key, "must be a list of objects")),
              place.withKey(key)));
    }
    return objects;
  }

  /** The name of the object's class, without its package; empty if it has none. */
  String simpleClass() {
    return Dl4jVertex.simpleClass(tree);
  }

  /** Whether the property is there, and not null. */
  boolean given(String key) {
    return tree.get(key).filter(value -> !value.isNull()).isPresent();
  }

  /** That the value of a property breaks a rule. */
  ProblemsException invalid(String key, String rule) {
    return ProblemsException.of(
        ProblemCode.CONFIG_VALUE_INVALID,
        place.withKey(key),
        rule,
        tree.get(key).map(Tree::toString).orElse("none"),
        "correct it where the model is built, and save it again");
  }

  /** That the layer, or one of its options, has no counterpart here. */
  ProblemsException unsupported(String key, String rule) {
    return ProblemsException.of(
        ProblemCode.LAYER_UNSUPPORTED,
        place.withKey(key),
        rule,
        tree.get(key).map(Tree::toString).orElse("none"),
        "");
  }

  private Optional<Integer> readSize(Tree tree) {
    return tree.asLong().filter(n -> n >= 0 && n <= Integer.MAX_VALUE).map(Long::intValue);
  }

  private <T> T require(String key, Function<Tree, Optional<T>> reader, String words) {
    Optional<Tree> value = tree.get(key);
    if (value.isEmpty()) {
      throw ProblemsException.of(
          ProblemCode.CONFIG_KEY_MISSING,
          place.withKey(key),
          "must be in the configuration",
          "",
          "the file may be of a version that is not known here");
    }
    return reader.apply(value.get()).orElseThrow(() -> invalid(key, "must be " + words));
  }
}
