package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.Set;

/** Theano pads "same" windows otherwise than TensorFlow, from which Keras has the word. */
final class TheanoPadding {

  private static final Set<String> LAYERS =
      Set.of(
          "Conv1D",
          "Conv2D",
          "Conv2DTranspose",
          "Conv3D",
          "Conv3DTranspose",
          "ConvLSTM2D",
          "DepthwiseConv2D",
          "AveragePooling1D",
          "AveragePooling2D",
          "AveragePooling3D",
          "MaxPooling1D",
          "MaxPooling2D",
          "MaxPooling3D");

  private static final Tree HALF = Tree.of("half");

  private TheanoPadding() {}

  static Tree.Obj toCanonical(Tree.Obj layer) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    if (layer.text("class_name").filter("ConvLSTM2D"::equals).isPresent()) {
      config = config.with("recurrent_half", Tree.of(true));
    }
    boolean same = config.text("padding").filter("same"::equals).isPresent();
    return same && LAYERS.contains(layer.text("class_name").orElse(""))
        ? layer.with("config", config.with("padding", HALF))
        : layer.with("config", config);
  }
}
