import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that DL4J can say since 1.0.0-beta6. */
final class SinceBeta6 {

  private SinceBeta6() {}

  public static void main(String[] arguments) {
    Cases.chain(
        "mask_zero",
        "MaskZeroLayer: steps that hold nothing but a number are passed over.",
        0,
        () ->
            Start.chain(
                InputType.recurrent(3, 6),
                new MaskZeroLayer(new LSTM.Builder().nIn(3).nOut(4).build(), 0.0),
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build()),
        masked(new int[] {4, 5}, new int[] {5}));
    between("graves", new GravesLSTM.Builder().nIn(3).nOut(4).activation(Activation.TANH).build());
    between("rnn", new SimpleRnn.Builder().nIn(3).nOut(4).activation(Activation.SIGMOID).build());
    between(
        "both",
        new Bidirectional(new LSTM.Builder().nIn(3).nOut(2).activation(Activation.TANH).build()));
    between(
        "rnns",
        new Bidirectional(
            Bidirectional.Mode.ADD,
            new SimpleRnn.Builder().nIn(3).nOut(4).activation(Activation.TANH).build()));
    Cases.chain(
        "mask_zero_last",
        "LastTimeStep: the last step that counts.",
        0,
        () ->
            Start.chain(
                InputType.recurrent(3, 6),
                new MaskZeroLayer(
                    new LastTimeStep(
                        new LSTM.Builder().nIn(3).nOut(4).activation(Activation.TANH).build()),
                    0.0),
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build()),
        masked(new int[] {1, 4}, new int[] {0, 5}));
    Cases.done();
  }

  private static void between(String name, Layer layer) {
    Cases.chain(
        "mask_zero_" + name,
        "Masked steps first and in between: what a layer remembers behind them.",
        0,
        () ->
            Start.chain(
                InputType.recurrent(3, 6),
                new MaskZeroLayer(layer, 0.0),
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build()),
        masked(new int[] {0, 3}, new int[] {2, 3, 5}));
  }

  /** Two sequences, each with steps that are masked. */
  private static INDArray masked(int[]... steps) {
    INDArray input = Cases.normal(9, 2, 3, 6);
    for (int sample = 0; sample < steps.length; sample++) {
      for (int step : steps[sample]) {
        for (int feature = 0; feature < 3; feature++) {
          input.putScalar(new int[] {sample, feature, step}, 0);
        }
      }
    }
    return input;
  }
}
