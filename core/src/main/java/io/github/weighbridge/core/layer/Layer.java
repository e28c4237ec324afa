package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Map;

/**
 * A layer: what its configuration says and what follows from that. Immutable records; weights
 * belong to the instance, mathematics to the lowering.
 */
public sealed interface Layer
    permits ActivationLayer,
        ActivityRegularization,
        AdaptivePooling,
        AdditiveAttention,
        Attention,
        Augmentation,
        AutoContrast,
        BatchNormalization,
        Bidirectional,
        CategoryEncoding,
        CenterCrop,
        Clahe,
        Concatenate,
        Convolution,
        CosineMerge,
        Cropping,
        CustomLayer,
        CustomScaleLayer,
        DepthwiseConvolution,
        Discretization,
        Dot,
        Dropout,
        Elu,
        Flatten,
        GaussianNoise,
        GlobalPooling,
        GroupNormalization,
        GroupQueryAttention,
        HashedCrossing,
        Hashing,
        Highway,
        Identity,
        InputLayer,
        KerasOperation,
        LayerNormalization,
        LayerScale,
        LeakyRelu,
        LocallyConnected,
        Masking,
        MaxoutDense,
        MelSpectrogram,
        Merge,
        MultiHeadAttention,
        Network,
        Normalization,
        OpaqueLayer,
        ParametricSoftplus,
        Permute,
        Pooling,
        PRelu,
        QuantizableLayer,
        RandomCrop,
        RecurrentCell,
        Relu,
        RepeatVector,
        Rescaling,
        Reshape,
        Resizing,
        RmsNormalization,
        SeparableConvolution,
        SoftmaxLayer,
        SpectralNormalization,
        SRelu,
        StackedRnnCells,
        StepLoop,
        StftSpectrogram,
        StochasticDepth,
        ThresholdedRelu,
        TimeDistributed,
        TransposedConvolution,
        UnitNormalization,
        UpSampling,
        VocabularyLayer,
        ZeroPadding {

  /**
   * The weights of a layer that is called with these inputs, in the order in which Keras makes
   * them.
   *
   * @throws IllegalArgumentException if the inputs do not fit, saying which rule is broken
   */
  default List<WeightSpec> weights(CallTypes call) {
    return List.of();
  }

  /**
   * The types of what a call returns, flattened.
   *
   * @throws IllegalArgumentException if the inputs do not fit, saying which rule is broken
   */
  List<TensorType> outputTypes(CallTypes call);

  /** With which types each inner layer is called; empty for layers without inner ones. */
  default Map<String, List<TensorType>> childInputs(CallTypes call) {
    return Map.of();
  }
}
