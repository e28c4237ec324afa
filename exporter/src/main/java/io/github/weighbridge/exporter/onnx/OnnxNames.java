package io.github.weighbridge.exporter.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names of values: each is given once in a file, bodies of loops included. */
final class OnnxNames {

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> next = new HashMap<>();

  /** The wanted name, or it with {@code _1}, {@code _2}... */
  String unique(String wanted) {
    // An empty name would mean "left out".
    String base = wanted.isEmpty() ? "value" : wanted;
    String candidate = base;
    while (!taken.add(candidate)) {
      candidate = base + "_" + next.merge(base, 1, Integer::sum);
    }
    return candidate;
  }
}
