package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.WrittenModel;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.Dl4jFile;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes along byte by byte from the zip that a model was read from. Java objects do on request
 * only: DL4J makes some of them whenever it opens a zip, and that runs what is in them.
 *
 * @param all every such entry, those of the network included
 */
record CarriedEntries(Map<String, WeightRef> all) {

  /** The provenance of models that DL4J wrote. */
  static final String FORMAT = "dl4j";

  /** The entries of a model; none of one that DL4J has not written. What is left out is told. */
  static CarriedEntries of(Model model, Dl4jOptions options, Problems problems) {
    Map<String, WeightRef> entries = new LinkedHashMap<>();
    if (model.provenance().format().equals(FORMAT)) {
      model.written().map(WrittenModel::entries).ifPresent(entries::putAll);
    }
    if (!options.carriesObjects()) {
      Place place = Place.file(model.provenance().file());
      entries.forEach((name, bytes) -> tellIfObject(name, bytes, place, problems));
      entries.keySet().removeIf(name -> !Dl4jFile.isOfDl4j(name));
    }
    return new CarriedEntries(entries);
  }

  private static void tellIfObject(String name, WeightRef bytes, Place place, Problems problems) {
    if (!Dl4jFile.isOfDl4j(name)) {
      problems.warning(
          ProblemCode.TARGET_DROPS,
          place.withKey(name),
          "is left out, because it may hold Java objects",
          bytes.byteCount() + " bytes",
          "carry it with --carry-objects if you trust whoever made it");
    }
  }

  /** The entries for a network that is laid out anew. */
  Map<String, WeightRef> besideNetwork() {
    Map<String, WeightRef> others = new LinkedHashMap<>(all);
    others.keySet().removeIf(name -> Dl4jFile.isOfDl4j(name) && !name.equals(Dl4jFile.NORMALIZER));
    return others;
  }
}
