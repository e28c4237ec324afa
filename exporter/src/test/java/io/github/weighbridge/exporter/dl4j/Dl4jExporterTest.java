package io.github.weighbridge.exporter.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Axes;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Dot;
import io.github.weighbridge.core.layer.LayerNormalization;
import io.github.weighbridge.core.layer.LeakyRelu;
import io.github.weighbridge.core.layer.MaskRule;
import io.github.weighbridge.core.layer.Masking;
import io.github.weighbridge.core.layer.Merge;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.formats.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the zip, and what is told; DL4J's own answer is in conformance. */
class Dl4jExporterTest {

  @TempDir Path folder;

  @Test
  void writesSequentialModelsAsMultiLayerNetwork() throws IOException {
    Tree.Obj configuration = write(chain(Network.Kind.SEQUENTIAL), Dl4jOptions.DEFAULTS);
    assertThat(configuration.items("confs"))
        .extracting(c -> c.asObject().flatMap(o -> o.object("layer")).orElseThrow().text("@class"))
        .extracting(name -> name.orElseThrow())
        .containsExactly(
            "org.deeplearning4j.nn.conf.layers.DenseLayer",
            "org.deeplearning4j.nn.conf.layers.ActivationLayer",
            "org.deeplearning4j.nn.conf.layers.DenseLayer");
  }

  @Test
  void writesFunctionalModelsAsComputationGraph() throws IOException {
    Tree.Obj configuration = write(chain(Network.Kind.FUNCTIONAL), Dl4jOptions.DEFAULTS);
    assertThat(configuration.get("networkInputs")).contains(Tree.of(List.of("in")));
    assertThat(configuration.get("networkOutputs")).contains(Tree.of(List.of("last")));
    assertThat(configuration.get("topologicalOrderStr"))
        .contains(Tree.of(List.of("in", "first", "leaky", "last")));
  }

  @Test
  void makesAnOutputLayerOnlyOfAKnownLoss() throws IOException {
    ModelFixture fixture = new ModelFixture().compiledWith("MeanSquaredError");
    Value x = fixture.input("in", 3L);
    Value y = fixture.call("out", ModelFixture.dense(2, "linear"), x);
    Tree.Obj configuration = write(fixture.build(Network.Kind.SEQUENTIAL, y), Dl4jOptions.DEFAULTS);
    Tree.Obj layer =
        configuration
            .items("confs")
            .get(0)
            .asObject()
            .flatMap(c -> c.object("layer"))
            .orElseThrow();
    assertThat(layer.text("@class")).contains("org.deeplearning4j.nn.conf.layers.OutputLayer");
    assertThat(layer.object("lossFn").flatMap(l -> l.text("@class")))
        .contains("org.nd4j.linalg.lossfunctions.impl.LossMSE");
  }

  @Test
  void copiesWhatDl4jWouldOverwrite() throws IOException {
    ModelFixture fixture = new ModelFixture();
    Value x = fixture.input("in", 3L);
    Value hidden = fixture.call("hidden", ModelFixture.dense(3, "linear"), x);
    Value leaky = fixture.call("leaky", new LeakyRelu(0.1), hidden);
    Value sum = fixture.call("sum", new Merge(Merge.Kind.ADD, MaskRule.ANY), hidden, leaky);
    Tree.Obj configuration =
        write(fixture.build(Network.Kind.FUNCTIONAL, sum), Dl4jOptions.DEFAULTS);
    Tree.Obj inputs = configuration.object("vertexInputs").orElseThrow();
    assertThat(inputs.get("leaky/copy")).contains(Tree.of(List.of("hidden")));
    assertThat(inputs.get("leaky")).contains(Tree.of(List.of("leaky/copy")));
  }

  /** The layer with the weights has the name; what is constant is frozen. */
  @Test
  void decomposesWhatDl4jHasNoLayerFor() throws IOException {
    ModelFixture fixture = new ModelFixture();
    Value x = fixture.input("in", 3L);
    LayerNormalization layer =
        new LayerNormalization(
            new Axes(List.of(-1), false),
            1e-3,
            true,
            true,
            false,
            new Initializer("Zeros", Tree.object()),
            new Initializer("Ones", Tree.object()),
            null,
            null,
            null,
            null,
            false);
    Value y = fixture.call("normal", layer, x);
    Tree.Obj configuration = write(fixture.build(Network.Kind.FUNCTIONAL, y), Dl4jOptions.DEFAULTS);
    assertThat(configuration.object("vertexInputs").orElseThrow().members().entrySet())
        .extracting(Object::toString)
        .containsExactly(
            "normal/mean=[\"in\"]",
            "normal/centered=[\"in\", \"normal/mean\"]",
            "normal/epsilon=[\"normal/centered\"]",
            "normal/extended=[\"normal/centered\", \"normal/epsilon\"]",
            "normal/unit=[\"normal/extended\"]",
            "normal/quotient=[\"normal/unit\"]",
            "normal/standardized=[\"normal/quotient\"]",
            "normal=[\"normal/standardized\"]");
    assertThat(configuration.toString().split("FrozenLayerWithBackprop", -1)).hasSize(3);
  }

  @Test
  void tellsEveryRefusalAtOnceAndWritesNothing() {
    ModelFixture fixture = new ModelFixture();
    Value x = fixture.input("in", 4L, 3L);
    Value masked = fixture.call("mask", new Masking(-1), x);
    Value dot =
        fixture.call("dot", new Dot(new Axes(List.of(1), false), false, 1e-7), masked, masked);
    Value power = fixture.call("power", ModelFixture.dense(2, "exponential"), dot);
    Path zip = folder.resolve("m.zip");
    assertThatThrownBy(
            () ->
                Dl4jExporter.write(
                    fixture.build(Network.Kind.FUNCTIONAL, power), zip, Dl4jOptions.DEFAULTS))
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "model.keras, layer 'mask' (Masking): must mask by zero, DL4J has no layer that"
                    + " clears the steps of another value, found -1.0; convert to ONNX",
                "model.keras, layer 'dot' (Dot): must be of vectors, DL4J has no vertex for products"
                    + " of matrices, found [[batch, 4, 3], [batch, 4, 3]]; convert to ONNX",
                "model.keras, layer 'power' (Dense): must have an activation of which DL4J has"
                    + " exactly the values, found exponential; convert to ONNX"));
    assertThat(Files.exists(zip)).isFalse();
  }

  @Test
  void warnsThatSharedWeightsPartInTraining() {
    ModelFixture fixture = new ModelFixture();
    Value a = fixture.input("a", 3L);
    Value b = fixture.input("b", 3L);
    Value left = fixture.call("shared", ModelFixture.dense(2, "relu"), a);
    Value right = fixture.callAgain("shared:1", b);
    Model model = fixture.build(Network.Kind.FUNCTIONAL, left, right);
    assertThat(Dl4jExporter.problems(model))
        .extracting(Problem::toString)
        .containsExactly(
            "model.keras, layer 'shared:1' (Dense): is called twice; DL4J shares no weights, each"
                + " call has a copy of its own");
  }

  @Test
  void turnsWhatHasItsChannelsLastInTheClassicLayout() throws IOException {
    ModelFixture fixture = new ModelFixture();
    Value last = fixture.input("last", 8L, 6L, 3L);
    Value first = fixture.input("first", 3L, 8L, 6L);
    Value vector = fixture.input("vector", 5L);
    Value a = fixture.call("a", pooling(DataFormat.CHANNELS_LAST), last);
    Value b = fixture.call("b", pooling(DataFormat.CHANNELS_FIRST), first);
    Value c = fixture.call("c", new Reshape(List.of(5, 1)), vector);
    Model model = fixture.build(Network.Kind.FUNCTIONAL, a, b, c, vector);

    Tree.Obj configuration =
        write(model, Dl4jOptions.DEFAULTS.withLayout(Dl4jOptions.Layout.CLASSIC));

    assertThat(turned(configuration, "weighbridgeInputs")).containsExactly(true, false, false);
    assertThat(turned(configuration, "weighbridgeOutputs"))
        .containsExactly(true, false, true, false);
    assertThat(configuration.get("networkOutputs"))
        .contains(Tree.of(List.of("a", "b", "c/channels_first", "vector/output")));
    Tree.Obj vertices = configuration.object("vertices").orElseThrow();
    for (String name : List.of("a", "b")) {
      Tree.Obj layer = vertices.object(name).orElseThrow().object("layerConf").orElseThrow();
      assertThat(layer.object("layer").orElseThrow().text("cnn2dDataFormat")).contains("NCHW");
    }
  }

  private static Pooling pooling(DataFormat format) {
    List<Integer> two = List.of(2, 2);
    return new Pooling(PoolingKind.MAX, two, two, WindowPadding.VALID, format);
  }

  private static List<Boolean> turned(Tree.Obj configuration, String key) {
    return configuration.items(key).stream()
        .map(own -> ((Tree.Obj) own).get("channelsFirst").flatMap(Tree::asBoolean).orElse(false))
        .toList();
  }

  @Test
  void refusesAGraphAsMultiLayerNetwork() {
    ModelFixture fixture = new ModelFixture();
    Value x = fixture.input("in", 3L);
    Value sum = fixture.call("sum", new Merge(Merge.Kind.ADD, MaskRule.ANY), x, x);
    Model model = fixture.build(Network.Kind.FUNCTIONAL, sum);
    Dl4jOptions forced = Dl4jOptions.DEFAULTS.withKind(Dl4jOptions.Kind.MULTI_LAYER_NETWORK);
    assertThatThrownBy(() -> Dl4jExporter.write(model, folder.resolve("m.zip"), forced))
        .hasMessage(
            "model.keras: must be a chain of DL4J layers to become a MultiLayerNetwork, found"
                + " branches, or what only vertices can express; write a ComputationGraph");
  }

  private static Model chain(Network.Kind kind) {
    ModelFixture fixture = new ModelFixture();
    Value x = fixture.input("in", 3L);
    Value first = fixture.call("first", ModelFixture.dense(4, "relu"), x);
    Value leaky = fixture.call("leaky", new LeakyRelu(0.1), first);
    return fixture.build(kind, fixture.call("last", ModelFixture.dense(2, "softmax"), leaky));
  }

  private Tree.Obj write(Model model, Dl4jOptions options) throws IOException {
    Path zip = folder.resolve("model.zip");
    Dl4jExporter.write(model, zip, options);
    try (ZipFile file = new ZipFile(zip.toFile())) {
      byte[] text = file.getInputStream(file.getEntry("configuration.json")).readAllBytes();
      return (Tree.Obj) Json.parse(new String(text, StandardCharsets.UTF_8), "configuration.json");
    }
  }
}
