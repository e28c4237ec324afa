package io.github.weighbridge.conformance.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers of vectors, and the activation functions. */
final class DenseRows {

  private static final InputType FIVE = InputType.feedForward(5);

  private DenseRows() {}

  static List<NetworkRow> all() {
    List<NetworkRow> rows = new ArrayList<>();
    for (Activation function : Activation.values()) {
      rows.add(vector("activation " + function, dense().activation(function).build()));
    }
    rows.add(function("elu alpha", new ActivationELU(0.3)));
    rows.add(function("gelu precise", new ActivationGELU(true)));
    rows.add(function("leaky relu", new ActivationLReLU(0.3)));
    rows.add(function("relu in full", new ActivationReLU(1.5, 0.2, 0.1)));
    rows.add(function("thresholded relu", new ActivationThresholdedReLU(0.4)));
    rows.add(vector("dense without bias", dense().hasBias(false).build()));
    rows.add(vector("dense layer norm", dense().hasLayerNorm(true).build()));
    rows.add(
        vector(
            "dense layer norm without bias",
            dense().hasLayerNorm(true).hasBias(false).activation(Activation.SIGMOID).build()));
    rows.add(
        vector(
            "dropout",
            dense().dropOut(0.4).build(),
            dense().dropOut(new AlphaDropout(0.4)).build(),
            dense().dropOut(new GaussianDropout(0.4)).build(),
            new DropoutLayer.Builder(new GaussianNoise(0.4)).build()));
    rows.add(
        vector(
            "one class",
            new OCNNOutputLayer.Builder()
                .nIn(5)
                .hiddenLayerSize(4)
                .activation(Activation.SIGMOID)
                .build()));
    rows.add(vector("no mask", dense().build(), new MaskLayer(), output().build()));
    rows.add(vector("output", dense().build(), output().build()));
    rows.add(vector("output without bias", output().hasBias(false).build()));
    rows.add(
        vector(
            "loss",
            new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()));
    rows.add(
        vector(
            "center loss",
            new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build()));
    rows.add(vector("activation layer", new ActivationLayer(Activation.SOFTMAX)));
    rows.add(vector("batch norm", new BatchNormalization.Builder().useLogStd(false).build()));
    rows.add(vector("batch norm log std", new BatchNormalization.Builder().build()));
    rows.add(
        vector(
            "batch norm locked", new BatchNormalization.Builder(1.5, 0.5, true).eps(0.1).build()));
    rows.add(vector("frozen", new FrozenLayer(dense().build())));
    rows.add(vector("frozen with backprop", new FrozenLayerWithBackprop(dense().build())));
    rows.add(vector("prelu", new PReLULayer.Builder().inputShape(5).build()));
    rows.add(
        vector(
            "element-wise multiplication",
            new ElementWiseMultiplicationLayer.Builder()
                .nIn(5)
                .nOut(5)
                .activation(Activation.TANH)
                .build()));
    rows.add(vector("autoencoder", new AutoEncoder.Builder().nOut(3).build(), dense().build()));
    rows.add(
        vector(
            "variational autoencoder",
            new VariationalAutoencoder.Builder()
                .nOut(2)
                .encoderLayerSizes(4, 3)
                .decoderLayerSizes(6)
                .activation(Activation.TANH)
                .pzxActivationFunction(Activation.SIGMOID)
                .build(),
            dense().build()));
    rows.add(
        NetworkRow.chain("embedding", FIVE, embedding().hasBias(false).build(), dense().build())
            .onIndices(5, 4, 1));
    rows.add(
        NetworkRow.chain(
                "embedding with bias",
                FIVE,
                embedding().hasBias(true).activation(Activation.TANH).build())
            .onIndices(5, 4, 1));
    return rows;
  }

  private static Layer sized() {
    return new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build();
  }

  private static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nOut(4).activation(Activation.TANH);
  }

  private static OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunction.MCXENT).nOut(3).activation(Activation.SOFTMAX);
  }

  private static EmbeddingLayer.Builder embedding() {
    return new EmbeddingLayer.Builder().nIn(5).nOut(3);
  }

  private static NetworkRow function(String name, IActivation function) {
    return vector("activation " + name, dense().activation(function).build());
  }

  private static NetworkRow vector(String name, Layer... layers) {
    // A layer that tells the size of the input stands first.
    return NetworkRow.chain(
            name, FIVE, Stream.concat(Stream.of(sized()), Stream.of(layers)).toArray(Layer[]::new))
        .on(3, 5);
  }
}
