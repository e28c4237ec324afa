package io.github.weighbridge.formats.dl4j.dialect;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.dl4j.Dl4jAge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Brings configurations of DL4J 0.5.0 to 1.0.0-beta7 into the words of 1.0.0-M2.1. */
public final class Dl4jDialect {

  /**
   * A property that DL4J has not: whether the kernel of a DepthwiseConvolution2D has the multiplier
   * as its first axis and not its last.
   */
  public static final String MULTIPLIER_FIRST = "multiplierFirst";

  /**
   * A property that DL4J has not: whether the kernel of a Convolution1DLayer has the steps as its
   * first axis and not its last.
   */
  public static final String STEPS_FIRST = "stepsFirst";

  /**
   * A property that DL4J has not: whether the biases of a LocallyConnected1D go to one element
   * after the other, row by row of {@code [out, places]}, and not one to each channel.
   */
  public static final String BIAS_IN_TURN = "biasInTurn";

  /**
   * A property that DL4J has not: whether what a CapsuleLayer's capsules agree on decides how much
   * they take of each other; else they take all.
   */
  public static final String ROUTES_BY_AGREEMENT = "routesByAgreement";

  /**
   * A property that DL4J has not: whether softmax leaves every array alone that is no matrix, as
   * those of sequences and images.
   */
  public static final String SOFTMAX_OF_MATRICES = "softmaxOfMatrices";

  /**
   * A property that DL4J has not: whether alpha of a PReLULayer is taken column-major a second
   * time.
   */
  public static final String ALPHA_TURNED_AGAIN = "alphaTurnedAgain";

  /**
   * A property that DL4J has not: whether a SimpleRnn forgets its state at masked steps, as every
   * LSTM does; else only its output is zero there.
   */
  public static final String MASK_CLEARS_STATE = "maskClearsState";

  /**
   * A property that DL4J has not: whether LastTimeStep of a masked sequence finds the last step
   * that counts.
   */
  public static final String FINDS_LAST_STEP = "findsLastStep";

  /** A property that DL4J has not: how a layer is read that some version computed otherwise. */
  public static final String DOUBT = "doubt";

  private final EarlyMeanings meanings;

  private Dl4jDialect(EarlyMeanings meanings) {
    this.meanings = meanings;
  }

  /**
   * The configuration of a MultiLayerNetwork or a ComputationGraph, in the words of M2.1.
   *
   * @param age of the file
   */
  public static Tree.Obj toCanonical(Tree.Obj configuration, Dl4jAge age) {
    return new Dl4jDialect(new EarlyMeanings(configuration, age)).canonical(configuration);
  }

  private Tree.Obj canonical(Tree.Obj configuration) {
    Tree.Obj result = configuration;
    if (result.get("confs").orElse(Tree.none()) instanceof Tree.Arr confs) {
      List<Tree> own = new ArrayList<>();
      for (Tree conf : confs.elements()) {
        own.add(conf.asObject().<Tree>map(this::conf).orElse(conf));
      }
      result = result.with("confs", Tree.of(own));
    }
    result = members(result, "inputPreProcessors", WrappedTypes::preProcessor);
    return members(result, "vertices", this::vertex);
  }

  private static Tree.Obj members(
      Tree.Obj object, String key, Function<Tree.Obj, ? extends Tree> change) {
    if (object.object(key).isEmpty()) {
      return object;
    }
    Map<String, Tree> changed = new LinkedHashMap<>();
    object
        .object(key)
        .get()
        .members()
        .forEach(
            (name, value) -> changed.put(name, value.asObject().<Tree>map(change).orElse(value)));
    return object.with(key, Tree.of(changed));
  }

  private Tree.Obj vertex(Tree.Obj wrapped) {
    Tree.Obj vertex = WrappedTypes.vertex(wrapped);
    vertex = WrappedTypes.within(vertex, "preProcessor", WrappedTypes::preProcessor);
    vertex = WrappedTypes.within(vertex, "underlying", this::vertex);
    return WrappedTypes.within(vertex, "layerConf", this::conf);
  }

  /** A NeuralNetConfiguration: some of its numbers belong to its layer. */
  private Tree.Obj conf(Tree.Obj conf) {
    return WrappedTypes.within(conf, "layer", layer -> layer(layer, conf));
  }

  private Tree.Obj layer(Tree.Obj wrapped, Tree.Obj conf) {
    Tree.Obj layer = WrappedTypes.layer(wrapped);
    layer = EarlyFunctions.named(layer, conf);
    layer = EarlyTraining.stated(layer, conf);
    layer = meanings.explicit(layer);
    for (String inner : List.of("layer", "underlying", "fwd", "bwd")) {
      layer = WrappedTypes.within(layer, inner, own -> layer(own, conf));
    }
    return layer;
  }
}
