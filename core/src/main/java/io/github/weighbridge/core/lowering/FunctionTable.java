package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects functions, by Keras 3's class names. */
final class FunctionTable {

  /** What a function of one result computes. */
  @FunctionalInterface
  interface Form {
    /** Adds the operations of a call. */
    Value build(FunctionCall call);
  }

  /** What a function of several results computes. */
  @FunctionalInterface
  interface Forms {
    /** Adds the operations of a call. */
    List<Value> build(FunctionCall call);
  }

  private final Map<String, FunctionRow> rows = new TreeMap<>();

  /** A function of one result; see {@link Signature#parse}. */
  void add(String signature, Form form) {
    addAll(signature, call -> List.of(form.build(call)));
  }

  /** A function of several results. */
  void addAll(String signature, Forms form) {
    put(FunctionRow.of(Signature.parse(signature), form));
  }

  /** Functions that are known, and why they are not computed. */
  void refuse(String reason, String... names) {
    for (String name : names) {
      put(FunctionRow.refused(name, reason));
    }
  }

  private void put(FunctionRow row) {
    if (rows.put(row.name(), row) != null) {
      throw new IllegalStateException(row.name() + " stands in the table twice");
    }
  }

  Map<String, FunctionRow> rows() {
    return rows;
  }
}
