import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
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
        masked());
    Cases.done();
  }

  private static INDArray masked() {
    INDArray input = Cases.normal(9, 2, 3, 6);
    for (int feature = 0; feature < 3; feature++) {
      input.putScalar(new int[] {0, feature, 4}, 0);
      input.putScalar(new int[] {0, feature, 5}, 0);
      input.putScalar(new int[] {1, feature, 5}, 0);
    }
    return input;
  }
}
