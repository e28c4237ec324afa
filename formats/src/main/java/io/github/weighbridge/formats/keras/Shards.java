package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.formats.Holdings;
import io.github.weighbridge.formats.hdf5.Hdf5File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads weights by path that stand in several files, listed by a {@code .weights.json}: its {@code
 * weight_map} has for each object the file or files that hold its variables. These stand beside it.
 */
final class Shards {

  static final String MAP = "weight_map";

  private final Path index;
  private final Problems problems;
  private final Holdings holdings;

  Shards(Path index, Problems problems, Holdings holdings) {
    this.index = index;
    this.problems = problems;
    this.holdings = holdings;
  }

  static boolean isIndex(Tree tree) {
    return tree.asObject().filter(object -> object.object(MAP).isPresent()).isPresent();
  }

  Contents read(Tree.Obj listed) {
    Set<String> names = new LinkedHashSet<>();
    Tree.Obj map = listed.object(MAP).orElseThrow();
    map.members().forEach((object, files) -> names.addAll(files(object, files)));
    problems.throwIfErrors();
    KerasWeights.Group all = new KerasWeights.Group("", Optional.empty(), Map.of(), Map.of());
    for (String name : names) {
      Hdf5File shard = holdings.closeLater(Hdf5File.open(index.resolveSibling(name)));
      all = PathWeightsReader.merged(all, new Hdf5Container(shard, problems).pathGroup());
    }
    problems.throwIfErrors();
    new PathWeightsReader(index.toString(), problems).checkNumbers(all);
    return new Contents(
        KerasForm.WEIGHTS_SHARDS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new KerasWeights.ByPath(all)),
        List.of());
  }

  private List<String> files(String object, Tree files) {
    List<Tree> listed = files.isArray() ? files.items() : List.of(files);
    return listed.stream().map(file -> file(object, file)).flatMap(Optional::stream).toList();
  }

  private Optional<String> file(String object, Tree stated) {
    Place place = Place.file(index.toString()).withKey(MAP + object);
    String name = stated.asText().orElse("");
    boolean plain = name.matches("[^/\\\\:\u0000]+") && !name.equals(".") && !name.equals("..");
    if (!plain) {
      problems.error(
          ProblemCode.LINK_REFUSED,
          place,
          "must name a file beside the index",
          "'" + name + "'",
          "the file is damaged or made to do harm");
    } else if (!Files.isRegularFile(index.resolveSibling(name))) {
      problems.error(
          ProblemCode.ENTRY_MISSING,
          place,
          "must name a file beside the index",
          "no file '" + name + "' there",
          "copy all files that Keras wrote");
    } else {
      return Optional.of(name);
    }
    return Optional.empty();
  }
}
