package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The vector that updaters keep: blocks of parameters that stand together and are changed by
 * gradients in the same way, each with everything of the first kind, then everything of the second.
 */
final class UpdaterBlocks {

  private final NdArray vector;

  /** Where the first kind of each part begins and how far the next kinds are. */
  private final List<Optional<Position>> positions;

  private record Position(long first, long step, int kinds) {}

  private UpdaterBlocks(NdArray vector, List<Optional<Position>> positions) {
    this.vector = vector;
    this.positions = positions;
  }

  /**
   * Whether the version that wrote a configuration keeps blocks: up to 0.8.0, when updaters were no
   * objects yet, their states stood layer by layer.
   */
  static boolean areIn(Tree written) {
    if (written instanceof Tree.Obj object) {
      return object.has("iUpdater")
          || object.has("iupdater")
          || object.members().values().stream().anyMatch(UpdaterBlocks::areIn);
    }
    return written.items().stream().anyMatch(UpdaterBlocks::areIn);
  }

  /**
   * What changes a part of the parameters.
   *
   * @param config equal for parts that can stand in one block
   * @param kinds how many numbers it keeps for each parameter
   */
  record PartUpdater(Tree.Obj config, int kinds) {}

  /**
   * The blocks of a vector.
   *
   * @param updaters of the parts
   * @return nothing if the vector is not as long as that
   */
  static Optional<UpdaterBlocks> of(
      NdArray vector, List<Parameters.Part> parts, List<PartUpdater> updaters) {
    List<Optional<Position>> positions = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < parts.size(); ) {
      if (!parts.get(i).isChanged()) {
        positions.add(Optional.empty());
        i++;
        continue;
      }
      PartUpdater updater = updaters.get(i);
      int end = i;
      long size = 0;
      while (end < parts.size()
          && parts.get(end).isChanged()
          && updaters.get(end).equals(updater)) {
        size += parts.get(end++).count();
      }
      long at = start;
      for (; i < end; i++) {
        positions.add(Optional.of(new Position(at, size, updater.kinds())));
        at += parts.get(i).count();
      }
      start += size * updater.kinds();
    }
    return start == vector.count()
        ? Optional.of(new UpdaterBlocks(vector, positions))
        : Optional.empty();
  }

  /** One kind, in the place of the parameters; zeros for those that it is not kept for. */
  Parameters.Source kind(int kind) {
    return (number, part, sizes) ->
        positions
            .get(number)
            .filter(position -> kind < position.kinds())
            .map(position -> vector.part(position.first() + kind * position.step(), sizes))
            .orElseGet(() -> WeightRef.filled(vector.dtype(), 0, sizes));
  }
}
