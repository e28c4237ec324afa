package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import java.util.List;
import java.util.Map;

/** An architecture written into a test, read as if it stood in {@code model.keras}. */
final class Architecture {

  private static final Place FILE = Place.file("model.keras");

  final LayerTable table = new LayerTable();
  final Problems problems = new Problems();
  final Network network;

  private Architecture(String json, KerasDialect dialect, KerasImportOptions options) {
    Tree.Obj model = Json.parse(json, "model.keras").asObject().orElseThrow();
    network = new ModelReader(table, options, FILE, problems).read(dialect.toCanonical(model));
  }

  /** Single quotes stand for double ones. */
  static Architecture keras3(String json) {
    return keras3(json, KerasImportOptions.DEFAULTS);
  }

  static Architecture keras3(String json, KerasImportOptions options) {
    return new Architecture(json.replace('\'', '"'), KerasDialect.KERAS_3, options);
  }

  static Architecture tfKeras(String json) {
    return new Architecture(
        json.replace('\'', '"'), KerasDialect.TF_KERAS, KerasImportOptions.DEFAULTS);
  }

  Architecture with(KerasWeights weights) {
    return with(weights, KerasImportOptions.DEFAULTS);
  }

  /** With weights of a file, matched as the options say. */
  Architecture with(KerasWeights weights, KerasImportOptions options) {
    WeightCheck check =
        new WeightCheck(table, FILE, problems, options.byName(), options.skipMismatch());
    new WeightAssignment(table, check, new StoredWeights(false, false, false, false, false, false))
        .assign(network, weights, Map.of());
    return this;
  }

  /** Everything that was told, as people read it. */
  List<String> messages() {
    return problems.all().stream().map(Architecture::message).toList();
  }

  static List<String> messages(ProblemsException refused) {
    return refused.problems().stream().map(Architecture::message).toList();
  }

  private static String message(Problem problem) {
    return problem.severity() + " " + problem.code() + " " + problem;
  }

  /** A Sequential of Keras 3 on three numbers, with these layers. */
  static String sequential(String layers) {
    return """
        {'class_name': 'Sequential', 'config': {'name': 'model', 'layers': [
          {'class_name': 'InputLayer', 'config': {'name': 'x', 'batch_shape': [null, 3],
           'dtype': 'float32'}}, %s]}}"""
        .formatted(layers);
  }

  static String dense(String name, String more) {
    return """
        {'class_name': 'Dense', 'config': {'name': '%s', 'trainable': true, 'units': 2,
         'activation': 'relu', 'use_bias': true, 'kernel_initializer': 'GlorotUniform',
         'bias_initializer': 'Zeros', 'kernel_regularizer': null, 'bias_regularizer': null,
         'kernel_constraint': null, 'bias_constraint': null%s}}"""
        .formatted(name, more);
  }
}
