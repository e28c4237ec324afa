package io.github.weighbridge.formats.dl4j.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.dl4j.Dl4jAge;
import org.junit.jupiter.api.Test;

/** Words of earlier versions and what M2.1 says in their place. */
class Dl4jDialectTest {

  /** The only layer of a network whose configuration is given, in the words of M2.1. */
  private static Tree.Obj layer(String conf, Dl4jAge age) {
    Tree tree = Json.parse("{\"confs\": [" + conf + "]}", "configuration.json");
    Tree.Obj canonical = Dl4jDialect.toCanonical(tree.asObject().orElseThrow(), age);
    return canonical
        .items("confs")
        .get(0)
        .asObject()
        .flatMap(own -> own.object("layer"))
        .orElseThrow();
  }

  private static String text(Tree.Obj layer, String object, String key) {
    return layer.object(object).flatMap(own -> own.get(key)).orElseThrow().toString();
  }

  @Test
  void unwrapsAndNamesWhatTheFirstVersionsHave() {
    Tree.Obj layer =
        layer(
            """
            {"layer": {"output": {"activationFunction": "leakyrelu", "lossFunction": "MCXENT",
              "updater": "ADAM", "learningRate": 0.05, "adamMeanDecay": 0.8, "adamVarDecay": "NaN",
              "dropOut": 0.25, "l1": 0.5, "l2": 0.25, "biasL1": 0.0, "biasL2": 0.0,
              "weightInit": "DISTRIBUTION", "dist": {"normal": {"mean": 0.0, "std": 0.1}}}},
             "leakyreluAlpha": 0.3, "useRegularization": true, "useDropConnect": false}
            """,
            Dl4jAge.UP_TO_BETA);

    assertThat(layer.text("@class")).contains("org.deeplearning4j.nn.conf.layers.OutputLayer");
    assertThat(text(layer, "activationFn", "@class")).contains("ActivationLReLU");
    assertThat(text(layer, "activationFn", "alpha")).isEqualTo("0.3");
    assertThat(text(layer, "lossFn", "@class")).contains("LossMCXENT");
    assertThat(text(layer, "iupdater", "beta1")).isEqualTo("0.8");
    assertThat(text(layer, "iupdater", "beta2")).isEqualTo("0.999");
    assertThat(text(layer, "idropout", "p")).isEqualTo("0.25");
    assertThat(layer.items("regularization")).hasSize(2);
    assertThat(layer.items("regularizationBias")).isEmpty();
    assertThat(text(layer, "weightInitFn", "distribution")).contains("NormalDistribution", "0.1");
  }

  @Test
  void numbersOfRegularizationCountOnlyWhereTheNetworkSaysSo() {
    String conf =
        """
        {"layer": {"dense": {"l1": 0.0, "l2": 0.25}}, "useRegularization": false}
        """;
    assertThat(layer(conf, Dl4jAge.UP_TO_BETA).has("regularization")).isFalse();
  }

  @Test
  void dropConnectIsNoDropoutOfTheInput() {
    String conf =
        """
        {"layer": {"dense": {"dropOut": 0.5}}, "useDropConnect": true}
        """;
    assertThat(layer(conf, Dl4jAge.UP_TO_BETA).has("idropout")).isFalse();
  }

  @Test
  void gravesLstmHadSigmoidGatesOnly() {
    Tree.Obj layer = layer("{\"layer\": {\"gravesLSTM\": {}}}", Dl4jAge.UP_TO_BETA);
    assertThat(text(layer, "gateActivationFn", "@class")).contains("ActivationSigmoid");
  }

  @Test
  void machinesAreEncodersOfTheirHiddenUnits() {
    String early =
        """
        {"layer": {"RBM": {"activationFunction": "tanh", "hiddenUnit": "BINARY"}}}
        """;
    Tree.Obj layer = layer(early, Dl4jAge.UP_TO_BETA);
    assertThat(layer.text("@class")).contains("org.deeplearning4j.nn.conf.layers.DenseLayer");
    assertThat(text(layer, "activationFn", "@class")).contains("ActivationSigmoid");
    String later = early.replace("\"activationFunction\": \"tanh\"", "\"activationFn\": {}");
    assertThat(layer(later, Dl4jAge.UP_TO_BETA).text("@class"))
        .contains("org.deeplearning4j.nn.conf.layers.AutoEncoder");
    String gaussian = later.replace("BINARY", "GAUSSIAN");
    assertThat(layer(gaussian, Dl4jAge.UP_TO_BETA).text("@class"))
        .contains("org.deeplearning4j.nn.conf.layers.RBM");
  }

  @Test
  void unknownWrappersKeepTheirName() {
    Tree.Obj layer = layer("{\"layer\": {\"myLayer\": {\"nin\": 3}}}", Dl4jAge.UP_TO_BETA);
    assertThat(layer.text("@class")).contains("org.deeplearning4j.nn.conf.layers.myLayer");
  }

  @Test
  void saysWhatTheSameWordsMeant() {
    String pooling =
        """
        {"layer": {"@class": "org.deeplearning4j.nn.conf.layers.SubsamplingLayer"}}
        """;
    assertThat(layer(pooling, Dl4jAge.BETA_2_OR_3).get("avgPoolIncludePadInDivisor"))
        .contains(Tree.of(true));
    assertThat(layer(pooling, Dl4jAge.BETA_4_TO_M1).get("avgPoolIncludePadInDivisor"))
        .contains(Tree.of(false));
    String normalization =
        """
        {"layer": {"@class": "org.deeplearning4j.nn.conf.layers.BatchNormalization", "eps": 0.01}}
        """;
    assertThat(layer(normalization, Dl4jAge.UP_TO_BETA).get("eps")).contains(Tree.of(0.0));
    assertThat(layer(normalization, Dl4jAge.BETA_2_OR_3).get("eps")).contains(Tree.of(0.01));
  }

  @Test
  void capsulesAgreeSinceBeta7() {
    String capsules =
        "{\"layer\": {\"@class\": \"org.deeplearning4j.nn.conf.layers.CapsuleLayer\"%s}}";
    String before = capsules.formatted("");
    String since = capsules.formatted(", \"timeDistributedFormat\": null");
    assertThat(layer(before, Dl4jAge.BETA_4_TO_M1).get(Dl4jDialect.ROUTES_BY_AGREEMENT))
        .contains(Tree.of(false));
    assertThat(layer(since, Dl4jAge.BETA_4_TO_M1).get(Dl4jDialect.ROUTES_BY_AGREEMENT))
        .contains(Tree.of(true));
    assertThat(layer(before, Dl4jAge.FROM_M2).get(Dl4jDialect.ROUTES_BY_AGREEMENT))
        .contains(Tree.of(true));
  }

  @Test
  void whatBeta7NeverWritesTellsOfM1() {
    String convolution =
        """
        {"layer": {"@class": "org.deeplearning4j.nn.conf.layers.Convolution1DLayer",
          "rnnDataFormat": "NCW"%s}}
        """;
    assertThat(layer(convolution.formatted(""), Dl4jAge.BETA_4_TO_M1).get(Dl4jDialect.STEPS_FIRST))
        .contains(Tree.of(false));
    String beside = ", \"beside\": {\"rnnDataFormat\": null}";
    assertThat(
            layer(convolution.formatted(beside), Dl4jAge.BETA_4_TO_M1).get(Dl4jDialect.STEPS_FIRST))
        .contains(Tree.of(true));
  }

  @Test
  void softmaxOfSequencesIsNoneUpToBeta2() {
    String loss =
        """
        {"layer": {"@class": "org.deeplearning4j.nn.conf.layers.RnnLossLayer"}}
        """;
    assertThat(layer(loss, Dl4jAge.BETA_2_OR_3).get(Dl4jDialect.SOFTMAX_OF_MATRICES))
        .contains(Tree.of(true));
    assertThat(layer(loss, Dl4jAge.BETA_4_TO_M1).get(Dl4jDialect.SOFTMAX_OF_MATRICES))
        .contains(Tree.of(false));
  }

  private static String doubt(String simpleClass, String properties, Dl4jAge age) {
    String conf =
        "{\"layer\": {\"@class\": \"org.deeplearning4j.nn.conf.layers.%s\", %s}}"
            .formatted(simpleClass, properties);
    return layer(conf, age).text(Dl4jDialect.DOUBT).orElse("");
  }

  /** Each measured by running the versions, with one input that tells the ways apart. */
  @Test
  void whatSomeVersionsComputedOtherwiseIsDoubted() {
    String dilated = "\"dilation\": [1, 2]";
    String inBeta7 = ", \"cnn2dDataFormat\": \"NCHW\"";
    assertThat(doubt("ConvolutionLayer", dilated, Dl4jAge.BETA_4_TO_M1)).contains("dilation");
    assertThat(doubt("ConvolutionLayer", dilated + inBeta7, Dl4jAge.BETA_4_TO_M1)).isEmpty();
    assertThat(doubt("ConvolutionLayer", dilated, Dl4jAge.BETA_2_OR_3)).isEmpty();
    assertThat(doubt("ConvolutionLayer", "\"dilation\": [1, 1]", Dl4jAge.BETA_4_TO_M1)).isEmpty();

    assertThat(doubt("SubsamplingLayer", dilated + inBeta7, Dl4jAge.BETA_4_TO_M1))
        .contains("dilation");
    assertThat(doubt("SubsamplingLayer", dilated, Dl4jAge.FROM_M2)).isEmpty();

    String same = "\"convolutionMode\": \"Same\", \"stride\": [2, 2]";
    assertThat(doubt("Deconvolution2D", same, Dl4jAge.BETA_2_OR_3)).contains("cut");
    assertThat(doubt("Deconvolution2D", same, Dl4jAge.BETA_4_TO_M1)).contains("cut");
    assertThat(doubt("Deconvolution2D", same + inBeta7, Dl4jAge.BETA_4_TO_M1)).isEmpty();
    assertThat(doubt("Deconvolution2D", same.replace("Same", "Truncate"), Dl4jAge.BETA_2_OR_3))
        .isEmpty();

    assertThat(doubt("Convolution1DLayer", "\"rnnDataFormat\": \"NCW\"", Dl4jAge.BETA_4_TO_M1))
        .contains("order");
  }
}
