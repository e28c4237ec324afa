package io.github.weighbridge.formats.keras;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names of the objects in one container of weights by path: their classes' in snake_case, from
 * the second on with a number, as {@code dense}, {@code dense_1}. Not thread-safe.
 */
public final class PathNames {

  private final Map<String, Integer> counts = new HashMap<>();

  /** The name of the next object of a class. */
  public String next(String className) {
    String name = snakeCase(className);
    int count = counts.merge(name, 1, Integer::sum) - 1;
    return count == 0 ? name : name + "_" + count;
  }

  /** {@code re_lu} of {@code ReLU}, as Keras 3 makes it; registered packages do not count. */
  static String snakeCase(String className) {
    // The one class that is registered under another name than it has in Python.
    String own = className.equals("GroupQueryAttention") ? "GroupedQueryAttention" : className;
    return own.substring(own.lastIndexOf('>') + 1)
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
