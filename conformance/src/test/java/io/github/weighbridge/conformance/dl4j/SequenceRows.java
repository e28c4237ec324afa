package io.github.weighbridge.conformance.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.RecurrentAttentionLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.nd4j.linalg.activations.Activation;

/** Layers of sequences. */
@SuppressWarnings({"deprecation", "rawtypes"}) // old files have them; a builder that no type fits
final class SequenceRows {

  private SequenceRows() {}

  static List<NetworkRow> all() {
    List<NetworkRow> rows = new ArrayList<>();
    for (RNNFormat format : RNNFormat.values()) {
      rows.add(sequence("lstm " + format, format, lstm(format).build()));
      rows.add(
          sequence(
              "lstm hard gates " + format,
              format,
              lstm(format).gateActivationFunction(Activation.HARDSIGMOID).build()));
      rows.add(sequence("simple rnn " + format, format, rnn(format).build()));
      rows.add(sequence("graves lstm " + format, format, graves(format).build()));
      rows.add(
          sequence(
              "graves lstm last step " + format, format, new LastTimeStep(graves(format).build())));
      for (Bidirectional.Mode mode : Bidirectional.Mode.values()) {
        rows.add(
            sequence(
                "bidirectional " + format + mode,
                format,
                new Bidirectional(mode, lstm(format).build())));
      }
      rows.add(
          sequence(
              "bidirectional graves " + format,
              format,
              new Bidirectional(Bidirectional.Mode.CONCAT, graves(format).build())));
      rows.add(sequence("last step " + format, format, new LastTimeStep(lstm(format).build())));
      rows.add(
          sequence(
              "last step of both " + format,
              format,
              new LastTimeStep(new Bidirectional(rnn(format).build()))));
      rows.add(
          sequence(
              "rnn output " + format,
              format,
              lstm(format).build(),
              new RnnOutputLayer.Builder()
                  .nOut(3)
                  .activation(Activation.SOFTMAX)
                  .dataFormat(format)
                  .build()));
      rows.add(
          sequence(
              "rnn loss " + format,
              format,
              new RnnLossLayer.Builder()
                  .activation(Activation.SOFTMAX)
                  .dataFormat(format)
                  .build()));
      rows.add(
          sequence(
              "dense of steps " + format,
              format,
              lstm(format).build(),
              dense(),
              lstm(format).build()));
      rows.add(
          sequence("time distributed " + format, format, new TimeDistributed(dense(), format)));
      for (ConvolutionMode mode :
          List.of(ConvolutionMode.Truncate, ConvolutionMode.Same, ConvolutionMode.Causal)) {
        rows.add(
            sequence(
                "conv1d " + format + mode, format, conv(format).convolutionMode(mode).build()));
      }
      rows.add(
          sequence(
              "causal dilated conv1d " + format,
              format,
              conv(format).convolutionMode(ConvolutionMode.Causal).dilation(2).build()));
      rows.add(sequence("padded conv1d " + format, format, conv(format).padding(1).build()));
      rows.add(sequence("strided conv1d " + format, format, conv(format).stride(2).build()));
      rows.add(
          NetworkRow.chain(
                  "embedding sequence " + format,
                  InputType.recurrent(6, 4),
                  new EmbeddingSequenceLayer.Builder()
                      .nIn(6)
                      .nOut(3)
                      .inputLength(4)
                      .hasBias(true)
                      .outputDataFormat(format)
                      .build(),
                  lstm(format).build())
              .onIndices(6, 2, 4));
      rows.add(
          NetworkRow.chain(
                  "repeated " + format,
                  InputType.feedForward(3),
                  new DenseLayer.Builder().nOut(2).build(),
                  new RepeatVector.Builder(4).dataFormat(format).build())
              .on(2, 3));
    }
    RNNFormat first = RNNFormat.NCW;
    rows.add(
        sequence(
            "graves bidirectional",
            first,
            new GravesBidirectionalLSTM.Builder().nOut(4).activation(Activation.TANH).build()));
    rows.add(
        sequence(
            "graves gates",
            first,
            graves(first)
                .activation(Activation.SOFTSIGN)
                .gateActivationFunction(Activation.HARDSIGMOID)
                .build()));
    rows.add(sequence("softmax of sequences", first, new ActivationLayer(Activation.SOFTMAX)));
    rows.add(
        sequence(
            "spatial dropout of sequences",
            first,
            lstm(first).dropOut(new SpatialDropout(0.4)).build()));
    rows.add(
        sequence(
            "margins 1d",
            first,
            new ZeroPadding1DLayer(1, 2),
            new Cropping1D.Builder(0, 1).build(),
            new Upsampling1D.Builder(2).build()));
    for (ConvolutionMode mode : List.of(ConvolutionMode.Same, ConvolutionMode.Truncate)) {
      rows.add(
          sequence(
              "locally connected 1d " + mode,
              first,
              new LocallyConnected1D.Builder()
                  .kernelSize(3)
                  .nOut(4)
                  .convolutionMode(mode)
                  .activation(Activation.TANH)
                  .setInputSize(6)
                  .build()));
    }
    rows.addAll(attention());
    rows.addAll(masked());
    return rows;
  }

  private static List<NetworkRow> masked() {
    List<NetworkRow> rows = new ArrayList<>();
    for (RNNFormat format : RNNFormat.values()) {
      rows.add(masked("lstm " + format, format, 0, lstm(format).nIn(3).build()));
      rows.add(masked("graves " + format, format, 0.5, graves(format).nIn(3).build()));
      rows.add(masked("rnn " + format, format, 0, rnn(format).nIn(3).build()));
    }
    RNNFormat first = RNNFormat.NCW;
    rows.add(
        masked(
            "hard gates",
            first,
            -1,
            lstm(first).nIn(3).gateActivationFunction(Activation.HARDSIGMOID).build()));
    for (Bidirectional.Mode mode : Bidirectional.Mode.values()) {
      rows.add(
          masked("lstms " + mode, first, 0, new Bidirectional(mode, lstm(first).nIn(3).build())));
      rows.add(
          masked("rnns " + mode, first, 0, new Bidirectional(mode, rnn(first).nIn(3).build())));
    }
    rows.add(
        masked(
            "graves bidirectional",
            first,
            0,
            new GravesBidirectionalLSTM.Builder()
                .nIn(3)
                .nOut(4)
                .activation(Activation.TANH)
                .build()));
    rows.add(masked("last lstm", first, 0, new LastTimeStep(lstm(first).nIn(3).build())));
    rows.add(masked("last rnn", first, 0, new LastTimeStep(rnn(first).nIn(3).build())));
    rows.add(
        NetworkRow.chain(
                "last of masked",
                InputType.recurrent(3, 7),
                new LastTimeStep(new MaskZeroLayer(graves(first).nIn(3).build(), 0)))
            .onSteps(first, 0));
    rows.add(
        masked(
            "rnn output",
            first,
            0,
            new RnnOutputLayer.Builder().nIn(3).nOut(2).activation(Activation.SOFTMAX).build()));
    return rows;
  }

  /** Steps that are masked stand first, in between and last. */
  private static NetworkRow masked(String name, RNNFormat format, double value, Layer layer) {
    NetworkRow row =
        NetworkRow.chain(
            "masked " + name, InputType.recurrent(3, 7, format), new MaskZeroLayer(layer, value));
    return row.onSteps(format, value);
  }

  /** Which know no other format. LearnedSelfAttentionLayer does not run in M2.1. */
  private static List<NetworkRow> attention() {
    RNNFormat first = RNNFormat.NCW;
    List<NetworkRow> rows = new ArrayList<>();
    rows.add(
        sequence(
            "self attention",
            first,
            new SelfAttentionLayer.Builder().nIn(3).nOut(3).nHeads(1).projectInput(false).build()));
    rows.add(sequence("self attention of heads", first, heads().nOut(4).build()));
    rows.add(sequence("self attention of sizes", first, heads().nOut(5).headSize(3).build()));
    rows.add(
        sequence(
            "recurrent attention",
            first,
            new RecurrentAttentionLayer.Builder()
                .nIn(3)
                .nOut(3)
                .nHeads(1)
                .projectInput(false)
                .build()));
    rows.add(
        sequence(
            "recurrent attention of heads",
            first,
            new RecurrentAttentionLayer.Builder()
                .nOut(4)
                .nHeads(2)
                .headSize(3)
                .hasBias(false)
                .activation(Activation.SIGMOID)
                .build(),
            dense()));
    return rows;
  }

  private static SelfAttentionLayer.Builder heads() {
    return new SelfAttentionLayer.Builder().nHeads(2).projectInput(true);
  }

  private static LSTM.Builder lstm(RNNFormat format) {
    return new LSTM.Builder().nOut(4).activation(Activation.TANH).dataFormat(format);
  }

  private static GravesLSTM.Builder graves(RNNFormat format) {
    return new GravesLSTM.Builder().nOut(4).activation(Activation.TANH).dataFormat(format);
  }

  private static SimpleRnn.Builder rnn(RNNFormat format) {
    return new SimpleRnn.Builder().nOut(4).activation(Activation.TANH).dataFormat(format);
  }

  private static Convolution1DLayer.Builder conv(RNNFormat format) {
    return new Convolution1DLayer.Builder(3)
        .nOut(4)
        .activation(Activation.TANH)
        .rnnDataFormat(format);
  }

  private static DenseLayer dense() {
    return new DenseLayer.Builder().nOut(5).activation(Activation.SIGMOID).build();
  }

  private static NetworkRow sequence(String name, RNNFormat format, Layer... layers) {
    // A layer that tells the size of the input stands first.
    Layer sized = new Convolution1DLayer.Builder(1).nOut(3).rnnDataFormat(format).build();
    NetworkRow row =
        NetworkRow.chain(
            name,
            InputType.recurrent(3, 6, format),
            Stream.concat(Stream.of(sized), Stream.of(layers)).toArray(Layer[]::new));
    return format == RNNFormat.NCW ? row.on(2, 3, 6) : row.on(2, 6, 3);
  }
}
