package io.github.weighbridge.core.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node of a configuration: object, array, string, number, boolean or null. Immutable.
 *
 * <p>Two trees are equal when their data are; where they stand does not count.
 */
public sealed interface Tree {

  /** Where the node stands: a JSON pointer as {@code /config/layers/0}, empty for the root. */
  String pointer();

  /** An object; members keep their order. */
  record Obj(String pointer, Map<String, Tree> members) implements Tree {
    /** Copies the members. */
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The member of that name. */
    public Optional<Tree> get(String key) {
      return Optional.ofNullable(members.get(key));
    }

    /** The member of that name, if it is a string. */
    public Optional<String> text(String key) {
      return get(key).flatMap(Tree::asText);
    }

    /** The member of that name, if it is an object. */
    public Optional<Obj> object(String key) {
      return get(key).flatMap(Tree::asObject);
    }

    /** The member of that name, if it is an array; else an empty list. */
    public List<Tree> items(String key) {
      return get(key).map(Tree::items).orElse(List.of());
    }

    /** Whether there is a member of that name, null included. */
    public boolean has(String key) {
      return members.containsKey(key);
    }

    /** This object with a member set, at its old place or at the end. */
    public Obj with(String key, Tree value) {
      Map<String, Tree> changed = new LinkedHashMap<>(members);
      changed.put(key, value.movedTo(pointer + "/" + escape(key)));
      return new Obj(pointer, changed);
    }

    /** This object with a member set, if it has none of that name. */
    public Obj withDefault(String key, Tree value) {
      return has(key) ? this : with(key, value);
    }

    /** This object without a member. */
    public Obj without(String key) {
      if (!has(key)) {
        return this;
      }
      Map<String, Tree> changed = new LinkedHashMap<>(members);
      changed.remove(key);
      return new Obj(pointer, changed);
    }

    /** This object with a member under a new name, at the same place, if it has it. */
    public Obj renamed(String from, String to) {
      if (!has(from) || has(to)) {
        return this;
      }
      Map<String, Tree> changed = new LinkedHashMap<>();
      members.forEach((key, value) -> changed.put(key.equals(from) ? to : key, value));
      return new Obj(pointer, changed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Obj that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
      return members.hashCode();
    }

    @Override
    public String toString() {
      return Tree.render(this);
    }
  }

  /** An array. */
  record Arr(String pointer, List<Tree> elements) implements Tree {
    /** Copies the elements. */
    public Arr {
      elements = List.copyOf(elements);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Arr that && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
      return elements.hashCode();
    }

    @Override
    public String toString() {
      return Tree.render(this);
    }
  }

  /**
   * A string, number, boolean or null.
   *
   * @param value a {@link String}, {@link Long}, {@link BigInteger} (beyond a long), {@link Double}
   *     (infinities and NaN included), {@link Boolean} or null
   */
  record Leaf(String pointer, @Nullable Object value) implements Tree {
    /** Refuses other types. */
    public Leaf {
      if (!(value == null
          || value instanceof String
          || value instanceof Long
          || value instanceof BigInteger
          || value instanceof Double
          || value instanceof Boolean)) {
        throw new IllegalArgumentException("not a configuration value: " + value.getClass());
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Leaf that && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(value);
    }

    @Override
    public String toString() {
      return Tree.render(this);
    }
  }

  /** The null that stands nowhere. */
  static Tree none() {
    return new Leaf("", null);
  }

  /**
   * Plain Java data as a tree: maps, lists, strings, numbers, booleans, nulls and trees.
   *
   * @throws IllegalArgumentException for other data
   */
  static Tree of(@Nullable Object data) {
    return of("", data);
  }

  private static Tree of(String pointer, @Nullable Object data) {
    if (data instanceof Tree tree) {
      return tree.movedTo(pointer);
    }
    if (data instanceof Map<?, ?> map) {
      Map<String, Tree> members = new LinkedHashMap<>();
      map.forEach((k, v) -> members.put(k.toString(), of(pointer + "/" + escape(k.toString()), v)));
      return new Obj(pointer, members);
    }
    if (data instanceof Iterable<?> list) {
      List<Tree> elements = new ArrayList<>();
      for (Object element : list) {
        elements.add(of(pointer + "/" + elements.size(), element));
      }
      return new Arr(pointer, elements);
    }
    if (data instanceof Integer || data instanceof Short || data instanceof Byte) {
      return new Leaf(pointer, ((Number) data).longValue());
    }
    if (data instanceof Float number) {
      return new Leaf(pointer, Double.parseDouble(number.toString()));
    }
    return new Leaf(pointer, data);
  }

  /** An empty object that stands nowhere. */
  static Obj object() {
    return new Obj("", Map.of());
  }

  /** The same data at another place. */
  default Tree movedTo(String pointer) {
    if (pointer.equals(pointer())) {
      return this;
    }
    if (this instanceof Obj object) {
      Map<String, Tree> members = new LinkedHashMap<>();
      object.members().forEach((k, v) -> members.put(k, v.movedTo(pointer + "/" + escape(k))));
      return new Obj(pointer, members);
    }
    if (this instanceof Arr array) {
      List<Tree> elements = new ArrayList<>();
      for (Tree element : array.elements()) {
        elements.add(element.movedTo(pointer + "/" + elements.size()));
      }
      return new Arr(pointer, elements);
    }
    return new Leaf(pointer, ((Leaf) this).value());
  }

  /** Whether this is null. */
  default boolean isNull() {
    return this instanceof Leaf leaf && leaf.value() == null;
  }

  /** This node, if it is an object. */
  default Optional<Obj> asObject() {
    return this instanceof Obj object ? Optional.of(object) : Optional.empty();
  }

  /** The elements, if this is an array; else an empty list. */
  default List<Tree> items() {
    return this instanceof Arr array ? array.elements() : List.of();
  }

  /** Whether this is an array. */
  default boolean isArray() {
    return this instanceof Arr;
  }

  /** The text, if this is a string. */
  default Optional<String> asText() {
    return this instanceof Leaf leaf && leaf.value() instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The boolean, if this is one. */
  default Optional<Boolean> asBoolean() {
    return this instanceof Leaf leaf && leaf.value() instanceof Boolean value
        ? Optional.of(value)
        : Optional.empty();
  }

  /** The number, if this is one. */
  default Optional<Double> asDouble() {
    return this instanceof Leaf leaf && leaf.value() instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  /** The whole number, if this is one that fits a long ({@code 3.0} counts: Keras writes it so). */
  default Optional<Long> asLong() {
    if (this instanceof Leaf leaf) {
      if (leaf.value() instanceof Long number) {
        return Optional.of(number);
      }
      if (leaf.value() instanceof Double number
          && number == Math.rint(number)
          && Math.abs(number) < 1L << 53) {
        return Optional.of(number.longValue());
      }
    }
    return Optional.empty();
  }

  private static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private static String render(Tree tree) {
    if (tree instanceof Obj object) {
      StringBuilder text = new StringBuilder("{");
      object
          .members()
          .forEach(
              (k, v) ->
                  text.append(text.length() == 1 ? "" : ", ")
                      .append('"')
                      .append(k)
                      .append("\": ")
                      .append(render(v)));
      return text.append('}').toString();
    }
    if (tree instanceof Arr array) {
      return array.elements().toString();
    }
    Object value = ((Leaf) tree).value();
    return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
  }
}
