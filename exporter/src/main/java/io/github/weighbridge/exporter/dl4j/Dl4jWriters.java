package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.ActivityRegularization;
import io.github.weighbridge.core.layer.BatchNormalization;
import io.github.weighbridge.core.layer.Bidirectional;
import io.github.weighbridge.core.layer.Concatenate;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.Cropping;
import io.github.weighbridge.core.layer.CustomLayer;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.layer.Dot;
import io.github.weighbridge.core.layer.Dropout;
import io.github.weighbridge.core.layer.Elu;
import io.github.weighbridge.core.layer.Embedding;
import io.github.weighbridge.core.layer.Flatten;
import io.github.weighbridge.core.layer.GaussianNoise;
import io.github.weighbridge.core.layer.GlobalPooling;
import io.github.weighbridge.core.layer.Gru;
import io.github.weighbridge.core.layer.InputLayer;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerNormalization;
import io.github.weighbridge.core.layer.LeakyRelu;
import io.github.weighbridge.core.layer.Lstm;
import io.github.weighbridge.core.layer.Masking;
import io.github.weighbridge.core.layer.Merge;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.OpaqueLayer;
import io.github.weighbridge.core.layer.PRelu;
import io.github.weighbridge.core.layer.Permute;
import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.Relu;
import io.github.weighbridge.core.layer.RepeatVector;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.SimpleRnn;
import io.github.weighbridge.core.layer.SoftmaxLayer;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.layer.UpSampling;
import io.github.weighbridge.core.layer.ZeroPadding;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    add(BatchNormalization.class, new BatchNormalizationWriter());
    add(Bidirectional.class, new BidirectionalWriter());
    add(Concatenate.class, new ConcatenateWriter());
    add(Convolution.class, new ConvolutionWriter());
    add(Cropping.class, new CroppingWriter());
    refuse(CustomLayer.class, "a custom layer has no form in DL4J");
    add(Dense.class, new DenseWriter());
    add(DepthwiseConvolution.class, new DepthwiseConvolutionWriter());
    refuse(Dot.class, "DL4J has no vertex for products that are summed over an axis");
    add(Dropout.class, new DropoutWriter());
    add(Elu.class, new EluWriter());
    add(Embedding.class, new EmbeddingWriter());
    add(Flatten.class, new FlattenWriter());
    add(GaussianNoise.class, new GaussianNoiseWriter());
    add(GlobalPooling.class, new GlobalPoolingWriter());
    refuse(Gru.class, "DL4J has no GRU");
    add(KerasOperation.class, new KerasOperationWriter());
    refuse(LayerNormalization.class, "DL4J has no layer that normalises each sample");
    add(LeakyRelu.class, new LeakyReluWriter());
    add(Lstm.class, new LstmWriter());
    add(Masking.class, new MaskingWriter());
    add(Merge.class, new MergeWriter());
    refuse(OpaqueLayer.class, "a layer that is not known here cannot become one of DL4J's");
    add(PRelu.class, new PReluWriter());
    add(Permute.class, new PermuteWriter());
    add(Pooling.class, new PoolingWriter());
    add(Relu.class, new ReluWriter());
    add(RepeatVector.class, new RepeatVectorWriter());
    add(Reshape.class, new ReshapeWriter());
    add(SeparableConvolution.class, new SeparableConvolutionWriter());
    add(SimpleRnn.class, new SimpleRnnWriter());
    add(SoftmaxLayer.class, new SoftmaxLayerWriter());
    add(TimeDistributed.class, new TimeDistributedWriter());
    add(TransposedConvolution.class, new TransposedConvolutionWriter());
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
  @SuppressWarnings("unchecked") // add() pairs each record with a writer of that record
  static String write(LayerCall call) {
    Layer layer = call.instance().layer();
    LayerWriter<Layer> writer = (LayerWriter<Layer>) WRITERS.get(layer.getClass());
    if (writer == null) {
      throw new IllegalArgumentException("no writer for " + layer.getClass());
    }
    return writer.write(layer, call);
  }
}
