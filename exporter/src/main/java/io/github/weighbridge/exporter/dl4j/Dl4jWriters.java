package io.github.weighbridge.exporter.dl4j;

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
import io.github.weighbridge.core.layer.InputLayer;
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
import io.github.weighbridge.core.layer.Network;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every layer record with its writer, or with the reason why DL4J cannot hold it. */
final class Dl4jWriters {

  private static final Map<Class<? extends Layer>, LayerWriter<?>> WRITERS = new HashMap<>();
  private static final Map<Class<? extends Layer>, String> REASONS = new HashMap<>();

  /** Records that the translation itself takes: what is given, and what is inlined. */
  private static final Set<Class<? extends Layer>> STRUCTURE =
      Set.of(InputLayer.class, Network.class);

  static {
    add(ActivationLayer.class, new ActivationLayerWriter());
    add(ActivityRegularization.class, new ActivityRegularizationWriter());
    add(AdaptivePooling.class, new AdaptivePoolingWriter());
    refuse(AdditiveAttention.class, "DL4J's attention scores by products of heads, not by sums");
    add(Attention.class, new AttentionWriter());
    add(Augmentation.class, new AugmentationWriter());
    refuse(AutoContrast.class, "DL4J has no layer that stretches the contrast of each image");
    add(BatchNormalization.class, new BatchNormalizationWriter());
    add(Bidirectional.class, new BidirectionalWriter());
    refuse(CategoryEncoding.class, "DL4J has no layer that makes vectors of whole numbers");
    add(CenterCrop.class, new CenterCropWriter());
    refuse(Clahe.class, "DL4J has no layer that equalises histograms of images");
    add(Concatenate.class, new ConcatenateWriter());
    refuse(ConvLstm.class, "DL4J has no recurrent layer over images");
    add(Convolution.class, new ConvolutionWriter());
    refuse(CosineMerge.class, "DL4J has no vertex for quotients of products");
    add(Cropping.class, new CroppingWriter());
    refuse(CustomLayer.class, "a custom layer has no form in DL4J");
    add(CustomScaleLayer.class, new CustomScaleLayerWriter());
    add(Dense.class, new DenseWriter());
    add(DepthwiseConvolution.class, new DepthwiseConvolutionWriter());
    refuse(Discretization.class, "DL4J has no layer that sorts numbers into bins");
    add(Dot.class, new DotWriter());
    add(Dropout.class, new DropoutWriter());
    add(EinsumDense.class, new EinsumDenseWriter());
    add(Elu.class, new EluWriter());
    add(Embedding.class, new EmbeddingWriter());
    add(Flatten.class, new FlattenWriter());
    add(GaussianNoise.class, new GaussianNoiseWriter());
    add(GlobalPooling.class, new GlobalPoolingWriter());
    add(GravesLstm.class, new GravesLstmWriter());
    add(GroupNormalization.class, new GroupNormalizationWriter());
    add(GroupQueryAttention.class, new GroupQueryAttentionWriter());
    refuse(Gru.class, "DL4J has no GRU");
    refuse(GruCell.class, "DL4J has no GRU");
    refuse(HashedCrossing.class, "DL4J has no layer that hashes");
    refuse(Hashing.class, "DL4J has no layer that hashes");
    refuse(Highway.class, "DL4J has no layer with a gate beside its input");
    add(Identity.class, new IdentityWriter());
    refuse(IndexLookup.class, "DL4J has no layer that looks terms up");
    add(KerasOperation.class, new KerasOperationWriter());
    add(LayerNormalization.class, new LayerNormalizationWriter());
    add(LayerScale.class, new LayerScaleWriter());
    add(LeakyRelu.class, new LeakyReluWriter());
    refuse(
        LocallyConnected.class,
        "DL4J's locally connected layers have one bias for all places, Keras's one for each");
    add(Lstm.class, new LstmWriter());
    refuse(LstmCell.class, "DL4J has no layer that computes one step from given states");
    add(Masking.class, new MaskingWriter());
    refuse(MaxoutDense.class, "DL4J has no layer that takes the largest of several products");
    refuse(MelSpectrogram.class, "DL4J has no layer that makes spectra of signals");
    add(Merge.class, new MergeWriter());
    add(MultiHeadAttention.class, new MultiHeadAttentionWriter());
    add(Normalization.class, new NormalizationWriter());
    refuse(OpaqueLayer.class, "a layer that is not known here cannot become one of DL4J's");
    refuse(ParametricSoftplus.class, "DL4J has no softplus with weights");
    add(Permute.class, new PermuteWriter());
    refuse(Pipeline.class, "DL4J has no layer of layers; put them into the model one by one");
    add(Pooling.class, new PoolingWriter());
    add(PRelu.class, new PReluWriter());
    refuse(RandomCrop.class, "DL4J has no layer that cuts at random and resizes");
    add(Relu.class, new ReluWriter());
    add(RepeatVector.class, new RepeatVectorWriter());
    add(Rescaling.class, new RescalingWriter());
    add(Reshape.class, new ReshapeWriter());
    add(Resizing.class, new ResizingWriter());
    refuse(ReversibleEmbedding.class, "DL4J has no embedding that is also called in reverse");
    add(RmsNormalization.class, new RmsNormalizationWriter());
    refuse(Rnn.class, "DL4J's recurrent layers have their cells built in");
    add(SeparableConvolution.class, new SeparableConvolutionWriter());
    add(SimpleRnn.class, new SimpleRnnWriter());
    refuse(SimpleRnnCell.class, "DL4J has no layer that computes one step from given states");
    add(SoftmaxLayer.class, new SoftmaxLayerWriter());
    add(SpectralNormalization.class, new SpectralNormalizationWriter());
    refuse(SRelu.class, "DL4J has no rectifier with thresholds that are weights");
    refuse(StackedRnnCells.class, "DL4J has no layer that computes one step from given states");
    refuse(StftSpectrogram.class, "DL4J has no layer that makes spectra of signals");
    add(StochasticDepth.class, new StochasticDepthWriter());
    refuse(TextVectorization.class, "DL4J has no layer that takes text");
    add(ThresholdedRelu.class, new ThresholdedReluWriter());
    add(TimeDistributed.class, new TimeDistributedWriter());
    add(TransposedConvolution.class, new TransposedConvolutionWriter());
    add(UnitNormalization.class, new UnitNormalizationWriter());
    add(UpSampling.class, new UpSamplingWriter());
    add(ZeroPadding.class, new ZeroPaddingWriter());
  }

  private Dl4jWriters() {}

  private static <L extends Layer> void add(Class<L> type, LayerWriter<L> writer) {
    WRITERS.put(type, writer);
  }

  private static void refuse(Class<? extends Layer> type, String reason) {
    REASONS.put(type, reason);
  }

  /** The writer of a layer's record, if it has one. */
  static Optional<LayerWriter<?>> writer(Class<? extends Layer> type) {
    return Optional.ofNullable(WRITERS.get(type));
  }

  /** Why DL4J cannot hold layers of a record, if it cannot. */
  static Optional<String> reason(Class<? extends Layer> type) {
    return Optional.ofNullable(
        REASONS.get(CustomLayer.class.isAssignableFrom(type) ? CustomLayer.class : type));
  }

  /** Whether the record is no layer in DL4J but part of how a network is put together. */
  static boolean isStructure(Class<? extends Layer> type) {
    return STRUCTURE.contains(type);
  }

  /** Writes a call of a layer that has a writer. */
  static String write(LayerCall call) {
    Layer layer = call.instance().layer();
    LayerWriter<Layer> writer = writer(layer);
    if (writer == null) {
      throw new IllegalArgumentException("no writer for " + layer.getClass());
    }
    return writer.write(layer, call);
  }

  /** Where a layer's arrays can have their channels; see {@link LayerWriter#channels}. */
  static ChannelRule channels(Layer layer, int rank) {
    LayerWriter<Layer> writer = writer(layer);
    return writer == null ? ChannelRule.AS_KERAS : writer.channels(layer, rank);
  }

  @SuppressWarnings("unchecked") // add() pairs each record with a writer of that record
  private static @Nullable LayerWriter<Layer> writer(Layer layer) {
    return (LayerWriter<Layer>) WRITERS.get(layer.getClass());
  }
}
