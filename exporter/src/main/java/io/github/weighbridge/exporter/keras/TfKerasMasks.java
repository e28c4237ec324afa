package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.layer.CategoryEncoding;
import io.github.weighbridge.core.layer.Concatenate;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.Cropping;
import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.Flatten;
import io.github.weighbridge.core.layer.GroupNormalization;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Permute;
import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.RepeatVector;
import io.github.weighbridge.core.layer.Rescaling;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.layer.UpSampling;
import io.github.weighbridge.core.layer.ZeroPadding;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.lowering.ModelMasks;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Dim;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Where tf.keras 2.15 raises an error because a mask comes along; Keras 3 computes all of it. */
final class TfKerasMasks {

  /** What raises an error when a TimeDistributed asks it for the mask that it hands on. */
  private static final Set<Class<? extends Layer>> WITHOUT_MASKS =
      Set.of(
          CategoryEncoding.class,
          Convolution.class,
          Cropping.class,
          DepthwiseConvolution.class,
          EinsumDense.class,
          Flatten.class,
          Permute.class,
          Pooling.class,
          RepeatVector.class,
          Rescaling.class,
          Reshape.class,
          SeparableConvolution.class,
          TransposedConvolution.class,
          UpSampling.class,
          ZeroPadding.class);

  private final Model model;

  private TfKerasMasks(Model model) {
    this.model = model;
  }

  /** Tells the calls of a model that tf.keras does not compute. */
  static void check(Model model, Problems problems) {
    TfKerasMasks own = new TfKerasMasks(model);
    if (model.layers().stream().noneMatch(own::mayFail)) {
      return;
    }
    ModelMasks masks;
    try {
      masks = ModelLowering.masks(model);
    } catch (ProblemsException notLowered) {
      // The proof compares layers then.
      return;
    }
    Set<Call> told = new HashSet<>();
    for (ModelMasks.OfCall call : masks.calls()) {
      if (told.add(call.call())) {
        own.tell(call, problems);
      }
    }
  }

  private boolean mayFail(LayerInstance instance) {
    return instance.layer() instanceof Concatenate || takesNoMask(instance);
  }

  private void tell(ModelMasks.OfCall call, Problems problems) {
    LayerInstance instance = model.layer(call.call().layer());
    rule(instance, call)
        .ifPresent(
            rule ->
                problems.error(
                    ProblemCode.LAYER_UNSUPPORTED,
                    Place.file(model.provenance().file())
                        .withLayer(instance.name(), instance.className()),
                    rule + ", in tf.keras 2",
                    "a mask",
                    "take the mask away in the model, or choose another target"));
  }

  private Optional<String> rule(LayerInstance instance, ModelMasks.OfCall call) {
    if (instance.layer() instanceof Concatenate concatenate && joinsOther(concatenate, call)) {
      return Optional.of("must have a mask for every input or none, where steps are joined");
    }
    return takesNoMask(instance) ? Optional.of("must get no mask") : Optional.empty();
  }

  private boolean takesNoMask(LayerInstance instance) {
    Layer layer = instance.layer();
    if (layer instanceof TimeDistributed) {
      LayerInstance inner =
          model.layer(Objects.requireNonNull(instance.children().get(TimeDistributed.INNER)));
      return WITHOUT_MASKS.contains(inner.layer().getClass()) || takesNoMask(inner);
    }
    return layer instanceof GroupNormalization;
  }

  /** An input without a mask gets one of all its elements, which does not fit those of steps. */
  private static boolean joinsOther(Concatenate layer, ModelMasks.OfCall call) {
    return call.call().inputs().stream()
        .filter(input -> !call.masks().containsKey(input))
        .flatMap(input -> input.knownType().stream())
        .anyMatch(
            type ->
                layer.axis() != -1
                    && layer.axis() != type.rank() - 1
                    && !type.shape().dim(-1).equals(Dim.of(1)));
  }
}
