package io.github.weighbridge.core.graph;

import java.util.List;

/** What makes values from values. */
public sealed interface Node permits Call, Step {

  /** The name, unique within the graph. */
  String name();

  /** Every value that it uses, in order, without those that are left out. */
  List<Value> inputs();

  /** The values that it makes, in order. */
  List<Value> outputs();
}
