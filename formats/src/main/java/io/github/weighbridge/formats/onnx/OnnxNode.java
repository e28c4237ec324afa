package io.github.weighbridge.formats.onnx;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One operator applied to values.
 *
 * @param name unique within the graph, or empty
 * @param opType the operator, as {@code Conv}
 * @param domain whose operator it is; empty for ONNX's own
 * @param inputs names of values by position; empty where an optional one is left out
 * @param outputs names of values by position; empty where one is not wanted
 * @param attributes constants by name, sorted
 */
public record OnnxNode(
    String name,
    String opType,
    String domain,
    List<String> inputs,
    List<String> outputs,
    Map<String, OnnxAttribute> attributes) {

  /** Copies the collections and sorts the attributes, so that files are the same every time. */
  public OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }
}
