package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.WrittenModel;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.Dl4jFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What goes along byte by byte from the zip that a model was read from, if the model was changed
 * too.
 *
 * @param file where that is
 * @param configuration of its network
 * @param entries every other one, those of the network included
 * @param hasSameInputs whether the model has the types of inputs that it had there
 */
record CarriedEntries(
    Place file, Tree.Obj configuration, Map<String, WeightRef> entries, boolean hasSameInputs) {

  /** The provenance of models that DL4J wrote. */
  static final String FORMAT = "dl4j";

  /** Copies the entries. */
  CarriedEntries {
    entries = new LinkedHashMap<>(entries);
  }

  /** Those of a model; none of one that DL4J has not written. */
  static CarriedEntries of(Model model) {
    WrittenModel written =
        model
            .origin()
            .written()
            .filter(own -> model.provenance().format().equals(FORMAT))
            .orElse(WrittenModel.of(Tree.object()));
    Place file = Place.file(model.provenance().file());
    return new CarriedEntries(
        file,
        written.architecture(),
        written.entries(),
        inputTypes(model).equals(inputTypes(model.origin())));
  }

  private static List<TensorType> inputTypes(Model model) {
    return model.network().graph().inputValues().stream().map(Value::type).toList();
  }

  /**
   * Without those that may hold Java objects, of which is told: DL4J makes some of them whenever it
   * opens a zip, and that runs what is in them.
   */
  CarriedEntries withoutObjects(Problems problems) {
    Map<String, WeightRef> own = new LinkedHashMap<>();
    entries.forEach(
        (name, bytes) -> {
          if (Dl4jFile.isOfDl4j(name)) {
            own.put(name, bytes);
          } else {
            drops(
                name,
                "is left out, because it may hold Java objects",
                "carry it with --carry-objects if you trust whoever made it",
                problems);
          }
        });
    return new CarriedEntries(file, configuration, own, hasSameInputs);
  }

  /** Whether some array of the network has first what the model has last. */
  boolean isClassic() {
    return !turned(configuration, Dl4jFile.INPUT_TYPES).isEmpty()
        || !turned(configuration, Dl4jFile.OUTPUT_TYPES).isEmpty();
  }

  /** Those that are not the network's own, for one that is laid out anew. */
  Map<String, WeightRef> besideNetwork(Tree.Obj anew, Problems problems) {
    Map<String, WeightRef> others = new LinkedHashMap<>(entries);
    others.keySet().removeIf(name -> Dl4jFile.isOfDl4j(name) && !name.equals(Dl4jFile.NORMALIZER));
    boolean sameLayout =
        turned(configuration, Dl4jFile.INPUT_TYPES).equals(turned(anew, Dl4jFile.INPUT_TYPES));
    if (others.containsKey(Dl4jFile.NORMALIZER) && !(hasSameInputs && sameLayout)) {
      others.remove(Dl4jFile.NORMALIZER);
      drops(
          Dl4jFile.NORMALIZER,
          hasSameInputs
              ? "is left out, because it was made for inputs in the other layout"
              : "is left out, because it was made for other inputs",
          hasSameInputs ? "make it anew, or keep the layout" : "make it anew",
          problems);
    }
    return others;
  }

  private void drops(String name, String rule, String advice, Problems problems) {
    String found = Objects.requireNonNull(entries.get(name)).byteCount() + " bytes";
    problems.warning(ProblemCode.TARGET_DROPS, file.withKey(name), rule, found, advice);
  }

  /** By number, the inputs or outputs that have first what the model has last. */
  private static List<Integer> turned(Tree.Obj configuration, String key) {
    List<Tree> all = configuration.items(key);
    return IntStream.range(0, all.size())
        .filter(
            i ->
                all.get(i)
                    .asObject()
                    .flatMap(own -> own.get(Dl4jFile.TURNED))
                    .flatMap(Tree::asBoolean)
                    .orElse(false))
        .boxed()
        .toList();
  }
}
