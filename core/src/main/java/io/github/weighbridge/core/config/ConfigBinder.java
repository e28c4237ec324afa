package io.github.weighbridge.core.config;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills records from configurations and writes them back. The record is the schema: its components,
 * in snake_case, are the keys, unless {@link ConfigKey} names another or {@link Unwrapped} puts
 * those of an inner record there.
 *
 * <p>Nothing is guessed: a key that is absent is a problem, and so is null where the component is
 * not {@code @Nullable}. Known component types are int, long, double, boolean, String, enums
 * (Keras's spelling: the constant in lower case), {@link Tree}, lists of those, and every {@link
 * ConfigType} given. Thread-safe.
 */
public final class ConfigBinder {

  private static final String CORRECT = "correct it where the model is built, and save it again";

  private final Map<Class<?>, ConfigType<?>> types = new HashMap<>();
  private final Map<Class<?>, List<Component>> components = new ConcurrentHashMap<>();

  /** A binder that knows these types besides the plain ones. */
  public ConfigBinder(List<ConfigType<?>> types) {
    types.forEach(t -> this.types.put(t.type(), t));
  }

  /** The configuration keys of a record type, in order. */
  public static Set<String> keys(Class<? extends Record> type) {
    Set<String> keys = new LinkedHashSet<>();
    for (Component component : Component.of(type)) {
      if (component.isUnwrapped()) {
        keys.addAll(keys(component.inner()));
      } else {
        keys.add(component.key());
      }
    }
    return keys;
  }

  private List<Component> components(Class<?> type) {
    return components.computeIfAbsent(type, Component::of);
  }

  /** {@code useBias} as Keras writes it: {@code use_bias}. */
  public static String snakeCase(String camelCase) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < camelCase.length(); i++) {
      char c = camelCase.charAt(i);
      if (Character.isUpperCase(c)) {
        text.append('_');
      }
      text.append(Character.toLowerCase(c));
    }
    return text.toString();
  }

  /**
   * A record with the values of a configuration; keys that it has no component for are left alone.
   *
   * @param place of the configuration; its keys are told by name
   * @return nothing if a problem was found, which then stands among {@code problems}
   */
  public <R extends Record> Optional<R> bind(
      Class<R> type, Tree.Obj config, Place place, Problems problems) {
    List<Component> components = components(type);
    @Nullable Object[] values = new @Nullable Object[components.size()];
    boolean complete = true;
    for (int i = 0; i < values.length; i++) {
      Component component = components.get(i);
      if (component.isUnwrapped()) {
        values[i] = bind(component.inner(), config, place, problems).orElse(null);
        complete &= values[i] != null;
        continue;
      }
      String key = component.key();
      Optional<Tree> value = config.get(key);
      if (value.isEmpty()) {
        problems.error(
            ProblemCode.CONFIG_KEY_MISSING,
            place.withKey(key),
            "must be in the configuration",
            "",
            "the file may be of a version that is not known here");
        complete = false;
        continue;
      }
      try {
        values[i] = read(component.component(), value.get());
      } catch (IllegalArgumentException e) {
        problems.error(
            ProblemCode.CONFIG_VALUE_INVALID,
            place.withKey(key),
            "must be " + e.getMessage(),
            value.get().toString(),
            CORRECT);
        complete = false;
      }
    }
    return complete ? create(type, components, values, config, place, problems) : Optional.empty();
  }

  private static <R extends Record> Optional<R> create(
      Class<R> type,
      List<Component> components,
      @Nullable Object[] values,
      Tree.Obj config,
      Place place,
      Problems problems) {
    try {
      Class<?>[] parameters = components.stream().map(Component::type).toArray(Class<?>[]::new);
      return Optional.of(type.getDeclaredConstructor(parameters).newInstance(values));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException rule) {
        String text = String.valueOf(rule.getMessage());
        problems.error(
            ProblemCode.CONFIG_VALUE_INVALID,
            place,
            text,
            named(text, components, config),
            CORRECT);
        return Optional.empty();
      }
      throw new IllegalStateException("cannot create " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot create " + type, e);
    }
  }

  /** The values of the keys that a rule's sentence names, or of all if it names none. */
  private static String named(String rule, List<Component> components, Tree.Obj config) {
    List<String> keys =
        components.stream()
            .filter(component -> !component.isUnwrapped())
            .map(Component::key)
            .toList();
    List<String> words = Arrays.asList(rule.split("[^a-z0-9_]+"));
    List<String> named = keys.stream().filter(words::contains).toList();
    return (named.isEmpty() ? keys : named)
        .stream()
            .map(key -> key + " " + config.get(key).orElseThrow())
            .collect(Collectors.joining(", "));
  }

  private @Nullable Object read(RecordComponent component, Tree tree) {
    return component.getType().isPrimitive()
        ? readPlain(component.getType(), tree)
        : read(component.getGenericType(), component.getAnnotatedType(), tree);
  }

  private @Nullable Object read(Type type, AnnotatedType annotated, Tree tree) {
    if (tree.isNull() && annotated.isAnnotationPresent(Nullable.class)) {
      return null;
    }
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Type element = list.getActualTypeArguments()[0];
      AnnotatedType inner =
          ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[0];
      if (!tree.isArray()) {
        throw new IllegalArgumentException("a list");
      }
      List<@Nullable Object> values = new ArrayList<>();
      tree.items().forEach(item -> values.add(read(element, inner, item)));
      return values;
    }
    return readPlain((Class<?>) type, tree);
  }

  private Object readPlain(Class<?> type, Tree tree) {
    ConfigType<?> own = types.get(type);
    if (own != null) {
      try {
        return own.reader().apply(tree);
      } catch (IllegalArgumentException e) {
        String why = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
        throw new IllegalArgumentException(own.expected() + why, e);
      }
    }
    if (type == Tree.class) {
      return tree;
    }
    if (type == int.class || type == Integer.class) {
      return tree.asLong()
          .filter(n -> n == n.intValue())
          .map(Long::intValue)
          .orElseThrow(() -> new IllegalArgumentException("a whole number"));
    }
    if (type == long.class || type == Long.class) {
      return tree.asLong().orElseThrow(() -> new IllegalArgumentException("a whole number"));
    }
    if (type == double.class || type == Double.class) {
      return tree.asDouble().orElseThrow(() -> new IllegalArgumentException("a number"));
    }
    if (type == boolean.class || type == Boolean.class) {
      return tree.asBoolean().orElseThrow(() -> new IllegalArgumentException("true or false"));
    }
    if (type == String.class) {
      return tree.asText().orElseThrow(() -> new IllegalArgumentException("a string"));
    }
    if (type.isEnum()) {
      return readEnum(type, tree);
    }
    throw new IllegalStateException("no rule for components of type " + type);
  }

  private static Object readEnum(Class<?> type, Tree tree) {
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
      if (tree.asText().filter(name::equals).isPresent()) {
        return constant;
      }
      names.add("'" + name + "'");
    }
    throw new IllegalArgumentException("one of " + String.join(", ", names));
  }

  /** The configuration that {@link #bind} would fill this record from. */
  public Tree.Obj write(Record value) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Component component : components(value.getClass())) {
      try {
        Object part = component.component().getAccessor().invoke(value);
        if (component.isUnwrapped()) {
          members.putAll(write((Record) part).members());
        } else {
          members.put(component.key(), writePart(part));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component, e);
      }
    }
    return (Tree.Obj) Tree.of(members);
  }

  private Tree writePart(@Nullable Object part) {
    if (part == null) {
      return Tree.none();
    }
    ConfigType<?> own = types.get(part.getClass());
    if (own == null) {
      own = ofInterface(part.getClass());
    }
    if (own != null) {
      return writeOwn(own, part);
    }
    if (part instanceof List<?> list) {
      return Tree.of(list.stream().map(this::writePart).toList());
    }
    if (part instanceof Enum<?> constant) {
      return Tree.of(constant.name().toLowerCase(Locale.ROOT));
    }
    return Tree.of(part);
  }

  /** The type of a value of a sealed interface, which is the one that knows how it is written. */
  private @Nullable ConfigType<?> ofInterface(Class<?> type) {
    return types.values().stream()
        .filter(own -> own.type().isInterface() && own.type().isAssignableFrom(type))
        .findFirst()
        .orElse(null);
  }

  private static <T> Tree writeOwn(ConfigType<T> type, Object part) {
    return type.writer().apply(type.type().cast(part));
  }
}
