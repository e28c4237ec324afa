package io.github.weighbridge.formats.dl4j.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Objects up to 1.0.0-alpha, which stand in an object of one member, named after their class; later
 * ones have {@code @class}.
 */
final class WrappedTypes {

  static final String CLASS = "@class";

  private static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";
  private static final String VERTICES = "org.deeplearning4j.nn.conf.graph.";
  private static final String PRE_PROCESSORS = "org.deeplearning4j.nn.conf.preprocessor.";
  private static final String ACTIVATIONS = "org.nd4j.linalg.activations.impl.Activation";
  private static final String LOSSES = "org.nd4j.linalg.lossfunctions.impl.Loss";

  /** Layers whose wrapper is not the name of their class. */
  private static final Map<String, String> LAYER_NAMES =
      Map.ofEntries(
          Map.entry("ElementWiseMult", "misc.ElementWiseMultiplicationLayer"),
          Map.entry("FrozenLayer", "misc.FrozenLayer"),
          Map.entry("GlobalPooling", "GlobalPoolingLayer"),
          Map.entry("Yolo2OutputLayer", "objdetect.Yolo2OutputLayer"),
          Map.entry("activation", "ActivationLayer"),
          Map.entry("autoEncoder", "AutoEncoder"),
          Map.entry("batchNormalization", "BatchNormalization"),
          Map.entry("convolution", "ConvolutionLayer"),
          Map.entry("convolution1d", "Convolution1DLayer"),
          Map.entry("dense", "DenseLayer"),
          Map.entry("dropout", "DropoutLayer"),
          Map.entry("embedding", "EmbeddingLayer"),
          Map.entry("gravesBidirectionalLSTM", "GravesBidirectionalLSTM"),
          Map.entry("gravesLSTM", "GravesLSTM"),
          Map.entry("localResponseNormalization", "LocalResponseNormalization"),
          Map.entry("loss", "LossLayer"),
          Map.entry("output", "OutputLayer"),
          Map.entry("rnnoutput", "RnnOutputLayer"),
          Map.entry("subsampling", "SubsamplingLayer"),
          Map.entry("subsampling1d", "Subsampling1DLayer"),
          Map.entry("zeroPadding", "ZeroPaddingLayer"),
          Map.entry("zeroPadding1d", "ZeroPadding1DLayer"));

  private WrappedTypes() {}

  /** A layer, with the functions in it. */
  static Tree.Obj layer(Tree.Obj wrapped) {
    Tree.Obj layer = unwrapped(wrapped, name -> LAYERS + LAYER_NAMES.getOrDefault(name, name));
    for (String key : List.of("activationFn", "gateActivationFn", "pzxActivationFn")) {
      layer = within(layer, key, WrappedTypes::activation);
    }
    return within(layer, "lossFn", own -> unwrapped(own, name -> LOSSES + name));
  }

  /** A vertex. */
  static Tree.Obj vertex(Tree.Obj wrapped) {
    return unwrapped(wrapped, name -> VERTICES + name);
  }

  /** A preprocessor, with those that it is composed of. */
  static Tree.Obj preProcessor(Tree.Obj wrapped) {
    Tree.Obj own =
        unwrapped(
            wrapped,
            name ->
                PRE_PROCESSORS
                    + Character.toUpperCase(name.charAt(0))
                    + name.substring(1)
                    + "PreProcessor");
    if (!own.has("inputPreProcessors")) {
      return own;
    }
    List<Tree> parts = new ArrayList<>();
    for (Tree part : own.items("inputPreProcessors")) {
      parts.add(part.asObject().<Tree>map(WrappedTypes::preProcessor).orElse(part));
    }
    return own.with("inputPreProcessors", Tree.of(parts));
  }

  private static Tree.Obj activation(Tree.Obj wrapped) {
    Tree.Obj own = unwrapped(wrapped, WrappedTypes::activationClass);
    // 0.7.2, which alone has this key, computes it as a plain ReLU in predictions.
    boolean isPlain = own.has("gradientViewArray");
    return isPlain && own.text(CLASS).orElse("").equals(activationClass("RReLU"))
        ? own.with(CLASS, Tree.of(activationClass("ReLU")))
        : own;
  }

  /** The class of an activation function, whose name was spelled otherwise now and then. */
  static String activationClass(String name) {
    return ACTIVATIONS
        + switch (name) {
          case "HardTanh" -> "HardTanH";
          case "SWISH" -> "Swish";
          default -> name;
        };
  }

  /** The class of a loss. */
  static String lossClass(String name) {
    return LOSSES + name;
  }

  /** A member with a change, if it is an object. */
  static Tree.Obj within(Tree.Obj object, String key, UnaryOperator<Tree.Obj> change) {
    Optional<Tree.Obj> own = object.object(key);
    return own.isPresent() ? object.with(key, change.apply(own.get())) : object;
  }

  private static Tree.Obj unwrapped(Tree.Obj object, UnaryOperator<String> className) {
    if (object.members().size() != 1 || object.has(CLASS)) {
      return object;
    }
    String name = object.members().keySet().iterator().next();
    Optional<Tree.Obj> inner = object.object(name);
    return inner.isPresent() ? withClass(inner.get(), className.apply(name)) : object;
  }

  /** An object with its class, which stands first. */
  static Tree.Obj withClass(Tree.Obj object, String className) {
    Tree.Obj result = Tree.object().with(CLASS, Tree.of(className));
    for (Map.Entry<String, Tree> member : object.members().entrySet()) {
      result = result.with(member.getKey(), member.getValue());
    }
    return result;
  }
}
