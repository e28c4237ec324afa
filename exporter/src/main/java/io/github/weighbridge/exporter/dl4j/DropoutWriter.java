package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Dropout;
import org.jspecify.annotations.Nullable;

/** The dropout layers to DropoutLayer; DL4J counts what is kept, Keras what is dropped. */
final class DropoutWriter implements LayerWriter<Dropout> {

  private static final String PACKAGE = "org.deeplearning4j.nn.conf.dropout.";

  @Override
  public ChannelRule channels(Dropout layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(Dropout layer, LayerCall call) {
    boolean spatial = layer.kind().name().startsWith("SPATIAL");
    if (spatial
        && call.layout() != ArrayLayout.TURNED
        && layer.dataFormat() != DataFormat.CHANNELS_FIRST) {
      call.drops(
          "drops whole channels in training, DL4J those of the first axis only", layer.kind());
    }
    Tree noiseShape = layer.noiseShape();
    if (noiseShape != null && !noiseShape.isNull()) {
      call.drops("draws once for several elements in training, which DL4J does not", noiseShape);
    }
    return write(layer.rate() == 0 ? null : dropout(layer), call);
  }

  static String write(Tree.@Nullable Obj dropout, LayerCall call) {
    return call.layer(
        call.templates()
            .feedForward("DropoutLayer", Activations.IDENTITY, 0, 0)
            .with("idropout", dropout));
  }

  private static Tree.Obj dropout(Dropout layer) {
    double kept = 1 - layer.rate();
    return switch (layer.kind()) {
      case PLAIN ->
          Dl4jObject.of(PACKAGE + "Dropout")
              .with("helperAllowFallback", true)
              .with("p", kept)
              .with("pschedule", null)
              .tree();
      case SPATIAL_1D, SPATIAL_2D, SPATIAL_3D ->
          Dl4jObject.of(PACKAGE + "SpatialDropout").with("p", kept).with("pschedule", null).tree();
      case GAUSSIAN ->
          Dl4jObject.of(PACKAGE + "GaussianDropout")
              .with("rate", layer.rate())
              .with("rateSchedule", null)
              .tree();
      case ALPHA ->
          Dl4jObject.of(PACKAGE + "AlphaDropout")
              .with("alpha", 1.6732632423543772)
              .with("lambda", 1.0507009873554805)
              .with("p", kept)
              .with("pschedule", null)
              .tree();
    };
  }
}
