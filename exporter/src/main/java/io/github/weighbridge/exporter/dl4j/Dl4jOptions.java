package io.github.weighbridge.exporter.dl4j;

import java.util.Locale;

/**
 * How a DL4J zip is written.
 *
 * @param kind which of DL4J's two networks
 * @param layout how arrays of images and sequences lie
 * @param deflates whether entries are compressed; they are stored otherwise, which reads faster
 * @param carriesObjects whether entries of the zip that the model was read from that may hold
 *     serialised Java objects go along, byte by byte; nothing here ever reads them
 */
public record Dl4jOptions(Kind kind, Layout layout, boolean deflates, boolean carriesObjects) {

  /**
   * A MultiLayerNetwork where a Sequential model is a chain of DL4J layers, else a graph; arrays as
   * Keras has them.
   */
  public static final Dl4jOptions DEFAULTS = new Dl4jOptions(Kind.AUTO, Layout.AUTO, false, false);

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

  /** How the arrays lie that a network takes, gives and computes with. */
  public enum Layout {
    /** As {@link #KERAS}; a zip of DL4J that was not changed stays as it was. */
    AUTO,
    /** As the model has them: of most, {@code [batch, height, width, channels]}. */
    KERAS,
    /**
     * Channels and features behind the batch: {@code [batch, channels, height, width]}, {@code
     * [batch, features, steps]}.
     */
    CLASSIC;

    /** The name on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** These options with another kind. */
  public Dl4jOptions withKind(Kind newKind) {
    return new Dl4jOptions(newKind, layout, deflates, carriesObjects);
  }

  /** These options with another layout. */
  public Dl4jOptions withLayout(Layout newLayout) {
    return new Dl4jOptions(kind, newLayout, deflates, carriesObjects);
  }

  /** These options with entries that are compressed, or stored. */
  public Dl4jOptions withDeflates(boolean newDeflates) {
    return new Dl4jOptions(kind, layout, newDeflates, carriesObjects);
  }

  /** These options with Java objects that go along, or are left out. */
  public Dl4jOptions withCarriesObjects(boolean newCarriesObjects) {
    return new Dl4jOptions(kind, layout, deflates, newCarriesObjects);
  }

  /** Whether a zip of DL4J that was not changed may stay as it was. */
  boolean leavesNetworks() {
    return kind == Kind.AUTO && layout == Layout.AUTO;
  }
}
