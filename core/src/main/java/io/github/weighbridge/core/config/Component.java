package io.github.weighbridge.core.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * A component of a record as a binder sees it.
 *
 * @param key under which its value stands in a configuration
 * @param isUnwrapped whether it is a record whose components stand there themselves
 * @param component where its value and types are
 */
record Component(String key, boolean isUnwrapped, RecordComponent component) {

  /** Those of a record type, in order. Java looks them up anew each time that it is asked. */
  static List<Component> of(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
  }

  private static Component of(RecordComponent component) {
    ConfigKey named = component.getAnnotation(ConfigKey.class);
    return new Component(
        named == null ? ConfigBinder.snakeCase(component.getName()) : named.value(),
        component.isAnnotationPresent(Unwrapped.class),
        component);
  }

  /** The type of its values. */
  Class<?> type() {
    return component.getType();
  }

  /** The type of the record whose components stand in its place. */
  Class<? extends Record> inner() {
    return type().asSubclass(Record.class);
  }
}
