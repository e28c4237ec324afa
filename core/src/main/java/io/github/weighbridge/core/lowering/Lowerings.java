package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.ActivityRegularization;
import io.github.weighbridge.core.layer.AdaptivePooling;
import io.github.weighbridge.core.layer.AdditiveAttention;
import io.github.weighbridge.core.layer.Attention;
import io.github.weighbridge.core.layer.Augmentation;
import io.github.weighbridge.core.layer.AutoContrast;
import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.CategoryEncoding;
import io.github.weighbridge.core.layer.CenterCrop;
import io.github.weighbridge.core.layer.Clahe;
import io.github.weighbridge.core.layer.Concatenate;
import io.github.weighbridge.core.layer.ConvLstm;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.CosineMerge;
import io.github.weighbridge.core.layer.Cropping;
import io.github.weighbridge.core.layer.CustomLayer;
import io.github.weighbridge.core.layer.CustomScaleLayer;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.layer.Discretization;
import io.github.weighbridge.core.layer.Dot;
import io.github.weighbridge.core.layer.Dropout;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.Elu;
import io.github.weighbridge.core.layer.Embedding;
import io.github.weighbridge.core.layer.Flatten;
import io.github.weighbridge.core.layer.GaussianNoise;
import io.github.weighbridge.core.layer.GlobalPooling;
import io.github.weighbridge.core.layer.GravesLstm;
import io.github.weighbridge.core.layer.GroupNormalization;
import io.github.weighbridge.core.layer.GroupQueryAttention;
import io.github.weighbridge.core.layer.Gru;
import io.github.weighbridge.core.layer.GruCell;
import io.github.weighbridge.core.layer.HashedCrossing;
import io.github.weighbridge.core.layer.Hashing;
import io.github.weighbridge.core.layer.Highway;
import io.github.weighbridge.core.layer.Identity;
import io.github.weighbridge.core.layer.IndexLookup;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerNormalization;
import io.github.weighbridge.core.layer.LayerScale;
import io.github.weighbridge.core.layer.LeakyRelu;
import io.github.weighbridge.core.layer.LocallyConnected;
import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.layer.LstmCell;
import io.github.weighbridge.core.layer.Masking;
import io.github.weighbridge.core.layer.MaxoutDense;
import io.github.weighbridge.core.layer.MelSpectrogram;
import io.github.weighbridge.core.layer.Merge;
import io.github.weighbridge.core.layer.MultiHeadAttention;
import io.github.weighbridge.core.layer.Normalization;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.layer.PRelu;
import io.github.weighbridge.core.layer.ParametricSoftplus;
import io.github.weighbridge.core.layer.Permute;
import io.github.weighbridge.core.layer.Pipeline;
import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.RandomCrop;
import io.github.weighbridge.core.layer.Relu;
import io.github.weighbridge.core.layer.RepeatVector;
import io.github.weighbridge.core.layer.Rescaling;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.layer.Resizing;
import io.github.weighbridge.core.layer.ReversibleEmbedding;
import io.github.weighbridge.core.layer.RmsNormalization;
import io.github.weighbridge.core.layer.Rnn;
import io.github.weighbridge.core.layer.SRelu;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.SimpleRnn;
import io.github.weighbridge.core.layer.SimpleRnnCell;
import io.github.weighbridge.core.layer.SoftmaxLayer;
import io.github.weighbridge.core.layer.SpectralNormalization;
import io.github.weighbridge.core.layer.StackedRnnCells;
import io.github.weighbridge.core.layer.StftSpectrogram;
import io.github.weighbridge.core.layer.StochasticDepth;
import io.github.weighbridge.core.layer.TextVectorization;
import io.github.weighbridge.core.layer.ThresholdedRelu;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.layer.UnitNormalization;
import io.github.weighbridge.core.layer.UpSampling;
import io.github.weighbridge.core.layer.ZeroPadding;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which lowering each layer has; {@code InputLayer} and {@code Network} are the driver's own. */
final class Lowerings {

  private static final Map<Class<? extends Layer>, Lowering<?>> BY_LAYER = new HashMap<>();

  static {
    add(ActivationLayer.class, new ActivationLayerLowering());
    add(ActivityRegularization.class, new IdentityLowering<>());
    add(AdaptivePooling.class, new AdaptivePoolingLowering());
    add(AdditiveAttention.class, new AdditiveAttentionLowering());
    add(Attention.class, new AttentionLowering());
    add(Augmentation.class, new AugmentationLowering());
    add(AutoContrast.class, new AutoContrastLowering());
    add(BatchNormalization.class, new BatchNormalizationLowering());
    add(Bidirectional.class, new BidirectionalLowering());
    add(CategoryEncoding.class, new CategoryEncodingLowering());
    add(CenterCrop.class, new CenterCropLowering());
    add(Clahe.class, new ClaheLowering());
    add(Concatenate.class, new ConcatenateLowering());
    add(ConvLstm.class, new ConvLstmLowering());
    add(Convolution.class, new ConvolutionLowering());
    add(CosineMerge.class, new CosineMergeLowering());
    add(Cropping.class, new CroppingLowering());
    add(CustomLayer.class, new CustomLayerLowering());
    add(CustomScaleLayer.class, new CustomScaleLayerLowering());
    add(Dense.class, new DenseLowering());
    add(DepthwiseConvolution.class, new DepthwiseConvolutionLowering());
    add(Discretization.class, new DiscretizationLowering());
    add(Dot.class, new DotLowering());
    add(Dropout.class, new IdentityLowering<>());
    add(EinsumDense.class, new EinsumDenseLowering());
    add(Elu.class, new EluLowering());
    add(Embedding.class, new EmbeddingLowering());
    add(Flatten.class, new FlattenLowering());
    add(GaussianNoise.class, new IdentityLowering<>());
    add(GlobalPooling.class, new GlobalPoolingLowering());
    add(GroupNormalization.class, new GroupNormalizationLowering());
    add(GroupQueryAttention.class, new GroupQueryAttentionLowering());
    add(GravesLstm.class, new GravesLstmLowering());
    add(Gru.class, new RecurrentLowering<>());
    add(GruCell.class, new CellLowering<>());
    add(HashedCrossing.class, new HashedCrossingLowering());
    add(Hashing.class, new HashingLowering());
    add(Highway.class, new HighwayLowering());
    add(Identity.class, new IdentityLayerLowering());
    add(IndexLookup.class, new IndexLookupLowering());
    add(KerasOperation.class, new KerasOperationLowering());
    add(LayerNormalization.class, new LayerNormalizationLowering());
    add(LayerScale.class, new LayerScaleLowering());
    add(LeakyRelu.class, new LeakyReluLowering());
    add(LocallyConnected.class, new LocallyConnectedLowering());
    add(Lstm.class, new RecurrentLowering<>());
    add(LstmCell.class, new CellLowering<>());
    add(Masking.class, new MaskingLowering());
    add(MaxoutDense.class, new MaxoutDenseLowering());
    add(MelSpectrogram.class, new MelSpectrogramLowering());
    add(Merge.class, new MergeLowering());
    add(MultiHeadAttention.class, new MultiHeadAttentionLowering());
    add(Normalization.class, new NormalizationLowering());
    add(OpaqueLayer.class, new OpaqueLayerLowering());
    add(ParametricSoftplus.class, new ParametricSoftplusLowering());
    add(Permute.class, new PermuteLowering());
    add(Pipeline.class, new PipelineLowering());
    add(Pooling.class, new PoolingLowering());
    add(PRelu.class, new PReluLowering());
    add(RandomCrop.class, new RandomCropLowering());
    add(Relu.class, new ReluLowering());
    add(RepeatVector.class, new RepeatVectorLowering());
    add(Rescaling.class, new RescalingLowering());
    add(Reshape.class, new ReshapeLowering());
    add(Resizing.class, new ResizingLowering());
    add(ReversibleEmbedding.class, new ReversibleEmbeddingLowering());
    add(RmsNormalization.class, new RmsNormalizationLowering());
    add(Rnn.class, new RecurrentLowering<>());
    add(SeparableConvolution.class, new SeparableConvolutionLowering());
    add(SimpleRnn.class, new RecurrentLowering<>());
    add(SimpleRnnCell.class, new CellLowering<>());
    add(SoftmaxLayer.class, new SoftmaxLayerLowering());
    add(SpectralNormalization.class, new SpectralNormalizationLowering());
    add(SRelu.class, new SReluLowering());
    add(StackedRnnCells.class, new CellLowering<>());
    add(StftSpectrogram.class, new StftSpectrogramLowering());
    add(StochasticDepth.class, new StochasticDepthLowering());
    add(TextVectorization.class, new TextVectorizationLowering());
    add(ThresholdedRelu.class, new ThresholdedReluLowering());
    add(TimeDistributed.class, new TimeDistributedLowering());
    add(TransposedConvolution.class, new TransposedConvolutionLowering());
    add(UnitNormalization.class, new UnitNormalizationLowering());
    add(UpSampling.class, new UpSamplingLowering());
    add(ZeroPadding.class, new ZeroPaddingLowering());
  }

  private Lowerings() {}

  private static <L extends Layer> void add(Class<L> type, Lowering<L> lowering) {
    BY_LAYER.put(type, lowering);
  }

  /** The layers that have a lowering. */
  static Set<Class<? extends Layer>> layers() {
    return BY_LAYER.keySet();
  }

  private static Class<? extends Layer> key(Layer layer) {
    return layer instanceof CustomLayer ? CustomLayer.class : layer.getClass();
  }

  /** Lowers a call of a layer. */
  @SuppressWarnings("unchecked") // add() keeps class and lowering together
  static <L extends Layer> Lowered lower(L layer, LoweringContext context) {
    Lowering<L> lowering = (Lowering<L>) BY_LAYER.get(key(layer));
    if (lowering == null) {
      throw context.unsupported(
          "must be a layer with operations", layer.getClass().getSimpleName());
    }
    if (context.trains()) {
      FixedTraining.require(layer, context);
    }
    return lowering.lower(layer, context);
  }
}
