package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.util.Optional;

/** Tells an architecture from other things that are written as JSON or YAML. */
final class ArchitectureText {

  private ArchitectureText() {}

  /** The architecture, if the text is one. */
  static Tree.Obj require(Tree tree, String file) {
    Optional<Tree.Obj> object = tree.asObject();
    if (object.isPresent() && object.get().has("class_name") && object.get().has("config")) {
      String className = object.get().text("class_name").orElse("");
      if (!className.equals("Tokenizer")) {
        return object.get();
      }
      throw refused(ProblemCode.FORMAT_UNSUPPORTED, file, "a text tokenizer");
    }
    if (object.isPresent() && object.get().has("modelTopology")) {
      throw refused(ProblemCode.FORMAT_UNSUPPORTED, file, "a model of TensorFlow.js");
    }
    if (object.isPresent() && object.get().has("node_config")) {
      throw refused(ProblemCode.FORMAT_UNSUPPORTED, file, "a Graph of Keras before 1.0");
    }
    throw refused(ProblemCode.FORMAT_UNKNOWN, file, "no 'class_name' and 'config'");
  }

  private static ProblemsException refused(ProblemCode code, String file, String found) {
    return ProblemsException.of(
        code,
        Place.file(file),
        "must be the architecture of a Keras model",
        found,
        "give a model, or what its to_json() or to_yaml() returned");
  }
}
