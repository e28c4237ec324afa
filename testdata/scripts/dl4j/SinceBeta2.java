import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that DL4J can say since 1.0.0-beta2. */
final class SinceBeta2 {

  private SinceBeta2() {}

  private static OutputLayer output(int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static RnnOutputLayer steps(int out) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  public static void main(String[] arguments) {
    Cases.chain(
        "prelu",
        "PReLU with a weight for every feature.",
        () ->
            Start.chain(
                InputType.feedForward(3),
                new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build(),
                new PReLULayer.Builder().inputShape(5).build(),
                output(3)),
        Cases.normal(1, 2, 3));
    prelu("image", null);
    prelu("shared", new long[] {2, 3});
    prelu("shared_one", new long[] {2});
    Cases.chain(
        "repeat_vector",
        "RepeatVector makes a sequence of a row.",
        () ->
            Start.chain(
                InputType.feedForward(3),
                new DenseLayer.Builder().nOut(4).build(),
                new RepeatVector.Builder(5).build(),
                new LSTM.Builder().nOut(3).build(),
                steps(2)),
        Cases.normal(3, 2, 3));
    for (ConvolutionMode mode :
        new ConvolutionMode[] {ConvolutionMode.Truncate, ConvolutionMode.Same}) {
      String name = mode.name().toLowerCase();
      Cases.chain(
          "locally_connected1d_" + name,
          "LocallyConnected1D, mode " + mode + ".",
          () ->
              Start.chain(
                  InputType.recurrent(3, 7),
                  new LocallyConnected1D.Builder()
                      .kernelSize(3)
                      .stride(2)
                      .convolutionMode(mode)
                      .nIn(3)
                      .nOut(4)
                      .activation(Activation.TANH)
                      .setInputSize(7)
                      .build(),
                  steps(2)),
          Cases.normal(4, 2, 3, 7));
      Cases.chain(
          "locally_connected2d_" + name,
          "LocallyConnected2D, mode " + mode + ".",
          () ->
              Start.chain(
                  InputType.convolutional(5, 4, 2),
                  new LocallyConnected2D.Builder()
                      .kernelSize(3, 2)
                      .stride(2, 1)
                      .convolutionMode(mode)
                      .nIn(2)
                      .nOut(3)
                      .activation(Activation.RELU)
                      .build(),
                  output(3)),
          Cases.normal(5, 2, 2, 5, 4));
    }
    Cases.done();
  }

  private static void prelu(String name, long[] shared) {
    Cases.chain(
        "prelu_" + name,
        "PReLU of images, " + (shared == null ? "nothing shared." : "shared along axes."),
        () -> {
          PReLULayer.Builder prelu = new PReLULayer.Builder().inputShape(3, 4, 5);
          if (shared != null) {
            prelu.sharedAxes(shared);
          }
          return Start.network(
              Start.list(
                  Start.builder()
                      .trainingWorkspaceMode(WorkspaceMode.NONE)
                      .inferenceWorkspaceMode(WorkspaceMode.NONE),
                  InputType.convolutional(4, 5, 3),
                  prelu.build(),
                  output(3)));
        },
        Cases.normal(2, 2, 3, 4, 5));
  }
}
