package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeighbridgeCommandTest {

  private static final String MODEL =
      Run.testdata("core/dense_chain_keras3/model.keras").toString();

  @Test
  void helpListsWhatThereIs() {
    Run run = Run.of("--help");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("Usage: weighbridge [-hV] COMMAND")
        .contains("  inspect ", "  convert ", "  predict ", "  verify ", "  diff ")
        .contains("3   refused input: all problems are on standard error, nothing is written")
        .doesNotContain("evaluate", "train ", "surgery", "report");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inspect", "convert", "predict", "verify", "diff", "generate-completion"})
  void everyCommandHasHelpAndVersion(String command) {
    Run help = Run.of(command, "--help");
    Run version = Run.of(command, "--version");

    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Usage: weighbridge " + command);
    assertThat(help.err()).isEmpty();
    assertThat(version.code()).isZero();
    assertThat(version.out()).startsWith("weighbridge ");
  }

  @Test
  void versionIsOneLine() {
    Run run = Run.of("--version");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines()).hasSize(1).first().asString().startsWith("weighbridge ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evaluate",
        "train",
        "surgery",
        "report",
        "--no-such-option",
        "inspect",
        "inspect MODEL --no-such-option",
        "inspect MODEL second",
        "convert MODEL",
        "convert MODEL -o",
        "convert MODEL -o m.unknown",
        "convert MODEL -o m.keras --keras-version 2",
        "convert MODEL -o m.h5 --keras-version 1",
        "convert MODEL -o m.h5 --keras-version two",
        "convert MODEL -o m.onnx --keras-version 3",
        "convert MODEL -o m.json --verify",
        "convert MODEL -o m.keras --opset 17",
        "convert MODEL -o m.h5 --weights-out w.npz",
        "convert MODEL -o m.onnx --weights-out w.npz",
        "convert MODEL -o m.onnx --opset six",
        "convert MODEL -o m.onnx --opset 1",
        "convert MODEL -o m.onnx --opset 1000",
        "convert MODEL -o m.zip --opset 17",
        "convert MODEL -o m.zip --dl4j-kind mln",
        "convert MODEL -o m.onnx --dl4j-kind auto",
        "convert MODEL -o m.zip --dl4j-layout nchw",
        "convert MODEL -o m.json --dl4j-layout keras",
        "convert MODEL -o m.keras --deflate",
        "convert MODEL -o m.h5 --carry-objects",
        "predict MODEL",
        "predict MODEL --inputs x.npz",
        "predict MODEL -o y.npz",
        "predict MODEL --inputs x.npz -o y.npz --threads -1",
        "predict MODEL --inputs x.npz -o y.npz --threads many",
        "verify",
        "verify no-such-folder",
        "verify src --through caffe",
        "verify src --through nd4j,pickle",
        "verify src --through keras-h5 --keras-version 4",
        "verify src --through dl4j --dl4j-layout nchw",
        "verify src --atol -1",
        "verify src --rtol NaN",
        "verify src --threads -1",
        "diff MODEL",
        "diff MODEL MODEL MODEL",
        "diff MODEL MODEL --atol x"
      })
  void wrongUsageIsExitCode2AndTellsTheRightOne(String words) {
    String[] args = words.isEmpty() ? new String[0] : words.replace("MODEL", MODEL).split(" ");

    Run run = Run.of((Object[]) args);

    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .containsAnyOf("Usage: weighbridge", "Did you mean", "Possible solutions")
        .doesNotContain("\tat ");
  }

  @Test
  void helpNamesFormatsAndWaysAsTheyAreTyped() {
    assertThat(Run.of("convert", "--help").out()).contains("onnx, dl4j, keras, keras-h5");
    assertThat(Run.of("verify", "--help").out()).contains("dl4j");
    assertThat(Run.of("verify", "--help").out()).contains("nd4j, onnx, keras, keras-h5");
  }

  @Test
  void completionKnowsEveryCommandAndOption() {
    Run run = Run.of("generate-completion");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("inspect", "convert", "predict", "verify", "diff", "--through", "--opset");
  }
}
