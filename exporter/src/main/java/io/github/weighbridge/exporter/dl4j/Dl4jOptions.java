package io.github.weighbridge.exporter.dl4j;

import java.util.Locale;

/**
 * How a DL4J zip is written.
 *
 * @param kind which of DL4J's two networks
 */
public record Dl4jOptions(Kind kind) {

  /** A MultiLayerNetwork where a Sequential model is a chain of DL4J layers, else a graph. */
  public static final Dl4jOptions DEFAULTS = new Dl4jOptions(Kind.AUTO);

  /** DL4J's networks. */
  public enum Kind {
    /** A MultiLayerNetwork for Sequential models that are chains of DL4J layers, else a graph. */
    AUTO,
    /** A MultiLayerNetwork; a model that is no chain is refused. */
    MULTI_LAYER_NETWORK,
    /** A ComputationGraph. */
    COMPUTATION_GRAPH;

    /** The name on the command line: {@code multi-layer-network}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** These options with another kind. */
  public Dl4jOptions withKind(Kind newKind) {
    return new Dl4jOptions(newKind);
  }
}
