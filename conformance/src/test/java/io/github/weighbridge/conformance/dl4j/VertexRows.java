package io.github.weighbridge.conformance.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.nd4j.linalg.activations.Activation;

/** Graphs, vertices and preprocessors. */
final class VertexRows {

  private static final InputType VECTOR = InputType.feedForward(5);
  private static final InputType SEQUENCE = InputType.recurrent(3, 6);
  private static final InputType IMAGE = InputType.convolutional(4, 6, 3);

  private VertexRows() {}

  static List<NetworkRow> all() {
    List<NetworkRow> rows = new ArrayList<>();
    for (ElementWiseVertex.Op op : ElementWiseVertex.Op.values()) {
      rows.add(twoVectors("element-wise " + op, new ElementWiseVertex(op)));
    }
    rows.add(twoVectors("merge", new MergeVertex()));
    rows.add(twoVectors("stack", new StackVertex()));
    rows.add(twoVectors("l2", new L2Vertex()));
    rows.add(ofVector("scale", new ScaleVertex(1.5)));
    rows.add(ofVector("shift", new ShiftVertex(0.5)));
    rows.add(ofVector("l2 normalize", new L2NormalizeVertex()));
    rows.add(ofVector("subset", new SubsetVertex(1, 2)));
    rows.add(ofVector("reshape", new ReshapeVertex(-1, 2, 2)));
    rows.add(ofVector("column-major reshape", new ReshapeVertex('f', new int[] {-1, 2, 2}, null)));
    rows.add(
        ofImage(
            "column-major reshape of images",
            new ReshapeVertex('f', new int[] {-1, 5, 3, 3}, null)));
    rows.add(ofVector("frozen vertex", new FrozenVertex(new ScaleVertex(1.5))));
    rows.add(
        NetworkRow.graph(
                "unstack",
                graph ->
                    graph
                        .addInputs("a", "b")
                        .setInputTypes(VECTOR, VECTOR)
                        .addVertex("both", new StackVertex(), "a", "b")
                        .addLayer("dense", dense(), "both")
                        .addVertex("first", new UnstackVertex(0, 2), "dense")
                        .addVertex("second", new UnstackVertex(1, 2), "dense")
                        .addVertex("l2", new L2Vertex(), "first", "second")
                        .setOutputs("l2", "second"))
            .on(3, 5)
            .on(3, 5));
    rows.add(
        NetworkRow.graph(
                "several inputs of a layer",
                graph ->
                    graph
                        .addInputs("a", "b")
                        .setInputTypes(VECTOR, VECTOR)
                        .addLayer("x", dense(), "a")
                        .addLayer("y", dense(), "b")
                        .addLayer("dense", dense(), "x", "y")
                        .setOutputs("dense"))
            .on(3, 5)
            .on(3, 5));
    rows.add(ofSequence("last step vertex", new LastTimeStepVertex("in")));
    rows.add(ofSequence("reverse", new ReverseTimeSeriesVertex()));
    rows.add(ofSequence("subset of sequences", new SubsetVertex(0, 2)));
    rows.add(ofSequence("l2 normalize of sequences", new L2NormalizeVertex()));
    rows.add(ofSequence("l2 normalize of features", new L2NormalizeVertex(new int[] {1, 2}, 1e-8)));
    rows.add(
        NetworkRow.graph(
                "duplicate to time series",
                graph ->
                    graph
                        .addInputs("in")
                        .setInputTypes(SEQUENCE)
                        .addLayer("lstm", lstm(), "in")
                        .addVertex("last", new LastTimeStepVertex("in"), "lstm")
                        .addVertex("again", new DuplicateToTimeSeriesVertex("in"), "last")
                        .addVertex("merge", new MergeVertex(), "again", "in")
                        .setOutputs("merge"))
            .on(2, 3, 6));
    rows.add(
        attention(
            "attention of heads",
            4,
            2,
            new AttentionVertex.Builder()
                .nInQueries(3)
                .nInKeys(4)
                .nInValues(2)
                .nHeads(2)
                .headSize(3)
                .nOut(5)
                .projectInput(true)
                .build()));
    rows.add(
        attention(
            "attention",
            3,
            3,
            new AttentionVertex.Builder().nInQueries(3).nInKeys(3).nInValues(3).nOut(3).build()));
    rows.add(ofImage("pool helper", new PoolHelperVertex()));
    rows.add(ofImage("subset of images", new SubsetVertex(1, 2)));
    rows.add(ofImage("l2 normalize of images", new L2NormalizeVertex()));
    rows.add(
        ofVector(
            "preprocessor vertex",
            new PreprocessorVertex(new FeedForwardToCnnPreProcessor(2, 1, 2))));
    rows.add(
        NetworkRow.graph(
                "steps as samples",
                graph ->
                    graph
                        .addInputs("in")
                        .setInputTypes(SEQUENCE)
                        .addLayer("x", lstm(), "in")
                        .addLayer("dense", dense(), "x")
                        .setOutputs("dense"))
            .on(2, 3, 6));
    rows.add(
        NetworkRow.graph(
                "images of steps",
                graph ->
                    graph
                        .addInputs("in")
                        .addLayer(
                            "conv",
                            new ConvolutionLayer.Builder(2, 2)
                                .nIn(3)
                                .nOut(2)
                                .activation(Activation.TANH)
                                .build(),
                            new RnnToCnnPreProcessor(3, 4, 3),
                            "in")
                        .addLayer(
                            "lstm",
                            new LSTM.Builder().nIn(12).nOut(4).activation(Activation.TANH).build(),
                            new CnnToRnnPreProcessor(2, 3, 2),
                            "conv")
                        .setOutputs("lstm"))
            .on(2, 36, 5));
    return rows;
  }

  private static DenseLayer dense() {
    return new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build();
  }

  private static LSTM lstm() {
    return new LSTM.Builder().nOut(4).activation(Activation.TANH).build();
  }

  private static NetworkRow twoVectors(String name, GraphVertex vertex) {
    return NetworkRow.graph(
            name,
            graph ->
                graph
                    .addInputs("a", "b")
                    .setInputTypes(VECTOR, VECTOR)
                    .addLayer("x", dense(), "a")
                    .addLayer("y", dense(), "b")
                    .addVertex("vertex", vertex, "x", "y")
                    .setOutputs("vertex"))
        .on(3, 5)
        .on(3, 5);
  }

  private static NetworkRow ofVector(String name, GraphVertex vertex) {
    return NetworkRow.graph(
            name,
            graph ->
                graph
                    .addInputs("in")
                    .setInputTypes(VECTOR)
                    .addLayer("x", dense(), "in")
                    .addVertex("vertex", vertex, "x")
                    .setOutputs("vertex"))
        .on(3, 5);
  }

  private static NetworkRow ofSequence(String name, GraphVertex vertex) {
    return NetworkRow.graph(
            name,
            graph ->
                graph
                    .addInputs("in")
                    .setInputTypes(SEQUENCE)
                    .addLayer("x", lstm(), "in")
                    .addVertex("vertex", vertex, "x")
                    .setOutputs("vertex"))
        .on(2, 3, 6);
  }

  private static NetworkRow attention(String name, int keys, int values, AttentionVertex vertex) {
    return NetworkRow.graph(
            name,
            graph ->
                graph
                    .addInputs("queries", "keys", "values")
                    .setInputTypes(
                        InputType.recurrent(3),
                        InputType.recurrent(keys),
                        InputType.recurrent(values))
                    .addVertex("attention", vertex, "queries", "keys", "values")
                    .setOutputs("attention"))
        .on(2, 3, 6)
        .on(2, keys, 5)
        .on(2, values, 5);
  }

  private static NetworkRow ofImage(String name, GraphVertex vertex) {
    return NetworkRow.graph(
            name,
            graph ->
                graph
                    .addInputs("in")
                    .setInputTypes(IMAGE)
                    .addLayer("x", new ConvolutionLayer.Builder(2, 2).nOut(3).build(), "in")
                    .addVertex("vertex", vertex, "x")
                    .setOutputs("vertex"))
        .on(2, 3, 4, 6);
  }
}
