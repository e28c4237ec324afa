import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.Updater;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Images, sequences and graphs that DL4J 0.5.0 to 0.9.1 can say. */
final class Since050Shapes {

  private Since050Shapes() {}

  public static void main(String[] arguments) {
    images();
    sequences();
    preprocessors();
    graphs();
    Cases.done();
  }

  private static void images() {
    Cases.chain(
        "cnn_strided",
        "Convolution with padding and stride, max pooling, then Dense.",
        () ->
            Since050.network(
                Since050.list(
                        Since050.start(Updater.ADAM),
                        new ConvolutionLayer.Builder(3, 2)
                            .stride(2, 1)
                            .padding(1, 0)
                            .nIn(2)
                            .nOut(3)
                            .activation("relu")
                            .build(),
                        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                            .kernelSize(2, 2)
                            .stride(1, 2)
                            .build(),
                        Since050.output(18, 4, "softmax", LossFunction.MCXENT))
                    .inputPreProcessor(2, new CnnToFeedForwardPreProcessor(3, 2, 3))),
        Cases.normal(9, 2, 2, 7, 5));
    Cases.chain(
        "cnn_average_flat",
        "Rows of pixels made images, convolution, average pooling with padding.",
        () ->
            Since050.network(
                Since050.list(
                        Since050.start(Updater.RMSPROP),
                        new ConvolutionLayer.Builder(2, 3)
                            .nIn(2)
                            .nOut(4)
                            .activation("tanh")
                            .build(),
                        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                            .kernelSize(3, 2)
                            .stride(2, 2)
                            .padding(1, 1)
                            .build(),
                        Since050.output(32, 3, "softmax", LossFunction.MCXENT))
                    .inputPreProcessor(0, new FeedForwardToCnnPreProcessor(5, 8, 2))
                    .inputPreProcessor(2, new CnnToFeedForwardPreProcessor(2, 4, 4))),
        Cases.normal(10, 3, 80));
    Cases.chain(
        "cnn_lrn",
        "LocalResponseNormalization with numbers of its own.",
        () ->
            Since050.network(
                Since050.list(
                        Since050.start(Updater.SGD),
                        new ConvolutionLayer.Builder(2, 2)
                            .nIn(2)
                            .nOut(7)
                            .activation("identity")
                            .build(),
                        new LocalResponseNormalization.Builder()
                            .k(1.5)
                            .n(3)
                            .alpha(0.2)
                            .beta(0.6)
                            .build(),
                        Since050.output(84, 3, "softmax", LossFunction.MCXENT))
                    .inputPreProcessor(2, new CnnToFeedForwardPreProcessor(3, 4, 7))),
        Cases.normal(11, 2, 2, 4, 5));
    Cases.chain(
        "cnn_batch_normalization",
        "BatchNormalization of channels, after training.",
        4,
        () ->
            Since050.network(
                Since050.list(
                        Since050.start(Updater.ADAM),
                        new ConvolutionLayer.Builder(2, 2)
                            .nIn(2)
                            .nOut(3)
                            .activation("identity")
                            .build(),
                        new BatchNormalization.Builder().nIn(3).nOut(3).activation("relu").build(),
                        Since050.output(36, 4, "softmax", LossFunction.MCXENT))
                    .inputPreProcessor(2, new CnnToFeedForwardPreProcessor(3, 4, 3))),
        Cases.normal(12, 3, 2, 4, 5));
  }

  private static void sequences() {
    Cases.chain(
        "graves_lstm",
        "GravesLSTM, peepholes and all, and a RnnOutputLayer.",
        () ->
            Since050.network(
                Since050.list(
                    Since050.start(Updater.RMSPROP),
                    Since050.graves(3, 4, "tanh"),
                    Since050.steps(4, 2))),
        Cases.normal(13, 2, 3, 5));
    Cases.chain(
        "graves_lstm_tbptt",
        "Two GravesLSTM layers, a forget gate's bias, truncated back-propagation.",
        () ->
            Since050.network(
                Since050.list(
                        Since050.start(Updater.ADAM),
                        new GravesLSTM.Builder()
                            .forgetGateBiasInit(2.0)
                            .nIn(3)
                            .nOut(4)
                            .activation("softsign")
                            .build(),
                        Since050.graves(4, 5, "tanh"),
                        Since050.steps(5, 2))
                    .backpropType(BackpropType.TruncatedBPTT)
                    .tBPTTForwardLength(3)
                    .tBPTTBackwardLength(3)),
        Cases.normal(13, 2, 3, 6));
    Cases.chain(
        "graves_bidirectional",
        "GravesBidirectionalLSTM, which adds its directions.",
        () ->
            Since050.network(
                Since050.list(
                    Since050.start(Updater.ADAM),
                    new GravesBidirectionalLSTM.Builder().nIn(3).nOut(4).activation("tanh").build(),
                    Since050.steps(4, 2))),
        Cases.normal(14, 2, 3, 5));
  }

  private static void preprocessors() {
    Cases.chain(
        "rnn_dense_rnn",
        "A Dense layer between recurrent ones: every step is a row.",
        () ->
            Since050.network(
                Since050.list(
                        Since050.start(Updater.ADAM),
                        Since050.graves(3, 4, "tanh"),
                        Since050.dense(4, 5, "relu"),
                        Since050.steps(5, 2))
                    .inputPreProcessor(1, new RnnToFeedForwardPreProcessor())
                    .inputPreProcessor(2, new FeedForwardToRnnPreProcessor())),
        Cases.normal(15, 2, 3, 4));
    Cases.chain(
        "rnn_cnn_rnn",
        "Steps made images and back.",
        () ->
            Since050.network(
                Since050.list(
                        Since050.start(Updater.ADAM),
                        new ConvolutionLayer.Builder(2, 2)
                            .nIn(2)
                            .nOut(3)
                            .activation("relu")
                            .build(),
                        Since050.graves(18, 4, "tanh"),
                        Since050.steps(4, 2))
                    .inputPreProcessor(0, new RnnToCnnPreProcessor(3, 4, 2))
                    .inputPreProcessor(1, new CnnToRnnPreProcessor(2, 3, 3))),
        Cases.normal(16, 2, 24, 3));
    Cases.chain(
        "composable",
        "Two preprocessors in one.",
        0,
        () ->
            Since050.network(
                Since050.list(
                        Since050.start(Updater.SGD),
                        new ConvolutionLayer.Builder(2, 2)
                            .nIn(2)
                            .nOut(3)
                            .activation("relu")
                            .build(),
                        Since050.output(18, 3, "softmax", LossFunction.MCXENT))
                    .inputPreProcessor(
                        0,
                        new ComposableInputPreProcessor(
                            new RnnToFeedForwardPreProcessor(),
                            new FeedForwardToCnnPreProcessor(3, 4, 2)))
                    .inputPreProcessor(1, new CnnToFeedForwardPreProcessor(2, 3, 3))),
        Cases.normal(17, 2, 24, 3));
  }

  private static void graphs() {
    Cases.graph(
        "graph_merge",
        "Two inputs merged, two outputs.",
        () ->
            Since050.network(
                Since050.start(Updater.ADAM)
                    .graphBuilder()
                    .addInputs("left", "right")
                    .addLayer("a", Since050.dense(3, 4, "relu"), "left")
                    .addLayer("b", Since050.dense(2, 5, "tanh"), "right")
                    .addVertex("merge", new MergeVertex(), "a", "b")
                    .addLayer(
                        "first", Since050.output(9, 3, "softmax", LossFunction.MCXENT), "merge")
                    .addLayer("second", Since050.output(5, 2, "identity", LossFunction.MSE), "b")
                    .setOutputs("first", "second")
                    .pretrain(false)
                    .backprop(true)),
        Cases.normal(18, 3, 3),
        Cases.normal(19, 3, 2));
    Cases.graph(
        "graph_elementwise",
        "Sums and differences of layers, a part of the features.",
        () ->
            Since050.network(
                Since050.start(Updater.NESTEROVS)
                    .graphBuilder()
                    .addInputs("in")
                    .addLayer("a", Since050.dense(3, 6, "relu"), "in")
                    .addLayer("b", Since050.dense(3, 6, "tanh"), "in")
                    .addLayer("c", Since050.dense(3, 6, "sigmoid"), "in")
                    .addVertex(
                        "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b", "c")
                    .addVertex(
                        "difference",
                        new ElementWiseVertex(ElementWiseVertex.Op.Subtract),
                        "sum",
                        "b")
                    .addVertex("part", new SubsetVertex(1, 4), "difference")
                    .addVertex("merge", new MergeVertex(), "part", "c")
                    .addLayer(
                        "out", Since050.output(10, 3, "softmax", LossFunction.MCXENT), "merge")
                    .setOutputs("out")
                    .pretrain(false)
                    .backprop(true)),
        Cases.normal(20, 2, 3));
    Cases.graph(
        "graph_sequences",
        "The last step, given to every step of another sequence.",
        () ->
            Since050.network(
                Since050.start(Updater.ADAM)
                    .graphBuilder()
                    .addInputs("in")
                    .addLayer("encoder", Since050.graves(3, 4, "tanh"), "in")
                    .addVertex("last", new LastTimeStepVertex("in"), "encoder")
                    .addLayer("dense", Since050.dense(4, 5, "relu"), "last")
                    .addVertex("every", new DuplicateToTimeSeriesVertex("in"), "dense")
                    .addVertex("merge", new MergeVertex(), "every", "encoder")
                    .addLayer("out", Since050.steps(9, 2), "merge")
                    .setOutputs("out")
                    .pretrain(false)
                    .backprop(true)),
        Cases.normal(21, 2, 3, 5));
    Cases.graph(
        "graph_images",
        "Convolutions merged along channels, and a preprocessor as a vertex.",
        () ->
            Since050.network(
                Since050.start(Updater.ADAM)
                    .graphBuilder()
                    .addInputs("in")
                    .addLayer(
                        "a",
                        new ConvolutionLayer.Builder(2, 2)
                            .nIn(2)
                            .nOut(3)
                            .activation("relu")
                            .build(),
                        "in")
                    .addLayer(
                        "b",
                        new ConvolutionLayer.Builder(2, 2)
                            .nIn(2)
                            .nOut(4)
                            .activation("tanh")
                            .build(),
                        "in")
                    .addVertex("merge", new MergeVertex(), "a", "b")
                    .addVertex(
                        "flat",
                        new PreprocessorVertex(new CnnToFeedForwardPreProcessor(3, 2, 7)),
                        "merge")
                    .addLayer("out", Since050.output(42, 3, "softmax", LossFunction.MCXENT), "flat")
                    .setOutputs("out")
                    .pretrain(false)
                    .backprop(true)),
        Cases.normal(22, 2, 2, 4, 3));
  }
}
