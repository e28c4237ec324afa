package io.github.weighbridge.conformance.docs;

import io.github.weighbridge.api.TargetFormat;
import io.github.weighbridge.conformance.docs.Evidence.Stage;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.KerasFunction;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.lowering.KerasFunctions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.exporter.dl4j.Dl4jExporter;
import io.github.weighbridge.formats.keras.KerasForm;
import java.util.SortedSet;

/** The text of {@code docs/SUPPORT.md}. */
final class SupportTable {

  private static final String HEAD =
      """
      # What is supported

      This page is generated from the catalogue of layers and from the models in `testdata/`, which real Keras wrote;
      a test fails when it is out of date. Do not edit it:

          ./mvnw test -pl conformance -am -Dtest=SupportTableTest -Dsurefire.failIfNoSpecifiedTests=false \\
            -Dsupport.update=true

      "yes" means: a model that Keras of that generation, or DL4J, wrote with this layer is in `testdata/`, and nothing refuses it.
      "some" means: the same, but some calls or options of the layer are refused; the rules stand below the table.
      `inspect` says of a model of yours what each target would refuse.

      """;

  private final Evidence evidence;
  private final StringBuilder text = new StringBuilder(HEAD);

  private SupportTable(Evidence evidence) {
    this.evidence = evidence;
  }

  static String text(Evidence evidence) {
    SupportTable table = new SupportTable(evidence);
    table.layers();
    table.dl4jRules();
    table.activations();
    table.operations();
    table.formats();
    return table.text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void layers() {
    line("## Layers");
    line("");
    line(
        "| layer | from Keras 1 | from Keras 2 | from Keras 3 | from DL4J | to Keras 2 | to Keras 3 | run (ND4J) | to ONNX | to DL4J | train |");
    line("|---|---|---|---|---|---|---|---|---|---|---|");
    for (LayerCatalog.Entry entry : LayerCatalog.entries()) {
      String name = entry.className();
      line(
          "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | no |"
              .formatted(
                  name,
                  yes(evidence.reached(name, Stage.KERAS_1)),
                  yes(evidence.reached(name, Stage.TF_KERAS)),
                  yes(evidence.reached(name, Stage.KERAS_3)),
                  yes(evidence.reached(name, Stage.FROM_DL4J)),
                  yes(evidence.reached(name, Stage.TO_TF_KERAS)),
                  yes(evidence.reached(name, Stage.TO_KERAS_3)),
                  yes(evidence.reached(name, Stage.RUN)),
                  onnx(name),
                  dl4j(entry)));
    }
    line("");
    line("Nothing is trained here yet: `Session` predicts.");
    line("");
    line(
        "Functional and Sequential models nest in each other, layers may be shared, and models may have several");
    line(
        "inputs and outputs. A layer of another class, and a Lambda, is read as it stands: it can be inspected, and every");
    line("target refuses it.");
    line("");
  }

  private String onnx(String name) {
    if (evidence.reached(name, Stage.ONNX)) {
      return "yes";
    }
    return "no: " + rules(evidence.onnxRules(name));
  }

  private static String rules(SortedSet<String> rules) {
    return rules.isEmpty() ? "no model has it" : String.join("; ", rules);
  }

  private String dl4j(LayerCatalog.Entry entry) {
    String name = entry.className();
    boolean reached = evidence.reached(name, Stage.DL4J);
    if (Dl4jExporter.reason(entry).isPresent()) {
      return "no: " + Dl4jExporter.reason(entry).get();
    }
    if (!reached) {
      return "no: " + rules(evidence.dl4jRules(name));
    }
    return evidence.dl4jRules(name).isEmpty() ? "yes" : "some";
  }

  private void dl4jRules() {
    line("## What DL4J refuses of the layers above");
    line("");
    line("Each rule was broken by a model in `testdata/`; there may be more.");
    line("");
    for (LayerCatalog.Entry entry : LayerCatalog.entries()) {
      SortedSet<String> rules = evidence.dl4jRules(entry.className());
      if (evidence.reached(entry.className(), Stage.DL4J) && !rules.isEmpty()) {
        line("* " + entry.className() + ": " + String.join("; ", rules));
      }
    }
    line("");
  }

  private void activations() {
    line("## Activations");
    line("");
    line(
        "All of these are read, run and written to ONNX, as a layer's activation and as layers of their own.");
    line(
        "The last column says whether DL4J has a function of the same values for the default parameters.");
    line("");
    line("| activation | to DL4J |");
    line("|---|---|");
    for (String name : ModelLowering.activations()) {
      line("| %s | %s |".formatted(name, yes(Dl4jExporter.holds(Activation.of(name)))));
    }
    line("");
  }

  private void operations() {
    line("## Operations");
    line("");
    line(
        "Functions of `keras.ops` in a functional model, by their class names in its file (`a + b` is Add), and");
    line(
        "TensorFlow's functions of the same meaning in tf.keras. \"yes\" means as above; functions that are known and");
    line("not computed have their reason.");
    line("");
    line("| function | to Keras 2 | to Keras 3 | run (ND4J) | to ONNX |");
    line("|---|---|---|---|---|");
    for (KerasFunction function : KerasFunctions.all()) {
      line("| %s | %s |".formatted(function.name(), operation(function)));
    }
    line("");
  }

  private String operation(KerasFunction function) {
    return function
        .refusal()
        .map(reason -> "no | no | no: " + reason + " | no")
        .orElseGet(
            () ->
                yes(evidence.operationReached(function.name(), Stage.TO_TF_KERAS))
                    + " | "
                    + yes(evidence.operationReached(function.name(), Stage.TO_KERAS_3))
                    + " | "
                    + yes(evidence.operationReached(function.name(), Stage.RUN))
                    + " | "
                    + yes(evidence.operationReached(function.name(), Stage.ONNX)));
  }

  private void formats() {
    line("## Formats");
    line("");
    line("| format | |");
    line("|---|---|");
    for (KerasForm form : KerasForm.values()) {
      line("| %s |".formatted(read(form)));
    }
    line("| `.zip` of DL4J 0.5.0 to 1.0.0-M2.1 | read |");
    line("| configuration in `.json` and parameters in `.bin`, of DL4J | read with `--weights` |");
    for (TargetFormat format : TargetFormat.values()) {
      line("| %s |".formatted(written(format)));
    }
    line("");
    line(
        "What a file is, its content says, never its name. Files of TensorFlow's SavedModel, of PyTorch,");
    line("of TensorFlow Lite and pickles are recognised and refused by name.");
  }

  private static String read(KerasForm form) {
    return switch (form) {
      case MODEL_HDF5 -> "`.h5`, whole model of Keras 1, Keras 2 (tf.keras too) and Keras 3 | read";
      case MODEL_ZIP -> "`.keras` of Keras 3 and of tf.keras 2.12 to 2.15 | read";
      case MODEL_FOLDER -> "`.keras` of Keras 3, unzipped into a folder | read";
      case WEIGHTS_HDF5 -> "`.h5` of weights by layer name, Keras 0 to 2 | read with `--weights`";
      case WEIGHTS_HDF5_V3 -> "`.weights.h5` of weights by path | read with `--weights`";
      case WEIGHTS_SHARDS -> "`.weights.json` of weights in several files | read with `--weights`";
      case WEIGHTS_NPZ -> "`.npz` of arrays | read with `--weights`";
      case ARCHITECTURE_JSON ->
          "`.json` of an architecture, Keras 0 to 3 | read, with `--weights` to run";
      case ARCHITECTURE_YAML ->
          "`.yaml` of an architecture, Keras 0 to 2 | read, with `--weights` to run";
    };
  }

  private static String written(TargetFormat format) {
    return switch (format) {
      case ONNX -> "`.onnx`, opset 13 to 23 | written; run by ONNX Runtime in `verify`";
      case DL4J -> "`.zip` of DL4J 1.0.0-M2.1 | written; restored by DL4J itself in a test";
      case KERAS -> "`.keras` of Keras 3 | written; loaded by Keras 3.15 itself in a check";
      case KERAS_H5 ->
          "`.h5`, whole model for tf.keras 2.15 or Keras 3 | written; loaded by both in a check";
      case WEIGHTS -> "`.weights.h5` of weights by path, of Keras 3 | written";
      case NPZ -> "`.npz` of weights by name | written";
      case JSON -> "`.json` of an architecture, for tf.keras 2.15 or Keras 3 | written";
      case YAML -> "`.yaml` of an architecture, the same | written";
    };
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }
}
