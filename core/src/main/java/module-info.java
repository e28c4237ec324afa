/** The weighbridge's own vocabulary: tensors, graphs, layers, operations and how they lower. */
module io.github.weighbridge.core {
  requires transitive org.jspecify;

  exports io.github.weighbridge.core.config;
  exports io.github.weighbridge.core.graph;
  exports io.github.weighbridge.core.layer;
  exports io.github.weighbridge.core.lowering;
  exports io.github.weighbridge.core.model;
  exports io.github.weighbridge.core.training;
  exports io.github.weighbridge.core.op;
  exports io.github.weighbridge.core.pass;
  exports io.github.weighbridge.core.problem;
  exports io.github.weighbridge.core.tensor;
}
