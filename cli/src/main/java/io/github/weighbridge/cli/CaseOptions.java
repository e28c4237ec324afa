package io.github.weighbridge.cli;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.keras.dialect.ImageDimOrdering;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.importer.keras.KerasImportOptions.TheanoKernels;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How the model of a case is to be read: the key {@code options} of its {@code case.json}, an
 * object. Its keys are those of the command line in camelCase: {@code "imageDimOrdering": "th"},
 * {@code "theanoKernels": "yes"}, {@code "byName": true}, {@code "skipMismatch": true}.
 */
record CaseOptions(
    Optional<ImageDimOrdering> imageDimOrdering,
    Optional<TheanoKernels> theanoKernels,
    boolean byName,
    boolean skipMismatch) {

  private static final Set<String> KEYS =
      Set.of("imageDimOrdering", "theanoKernels", "byName", "skipMismatch");

  /**
   * The options of a case.
   *
   * @throws ProblemsException if they are none: a case that is read otherwise than it says would
   *     prove nothing
   */
  static CaseOptions of(Tree.Obj description, Place place) {
    if (!description.has("options")) {
      return new CaseOptions(Optional.empty(), Optional.empty(), false, false);
    }
    Tree.Obj options =
        description
            .object("options")
            .orElseThrow(() -> CaseDirectory.invalid(place, "'options' must be an object"));
    for (String key : options.members().keySet()) {
      if (!KEYS.contains(key)) {
        throw CaseDirectory.invalid(place, "'options' must not have '" + key + "'");
      }
    }
    return new CaseOptions(
        constant(options, "imageDimOrdering", ImageDimOrdering.class, place),
        constant(options, "theanoKernels", TheanoKernels.class, place),
        flag(options, "byName", place),
        flag(options, "skipMismatch", place));
  }

  private static <E extends Enum<E>> Optional<E> constant(
      Tree.Obj options, String key, Class<E> type, Place place) {
    if (!options.has(key)) {
      return Optional.empty();
    }
    String text = options.text(key).orElse("");
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(constant);
      }
    }
    throw CaseDirectory.invalid(place, "'" + key + "' must be what its option takes");
  }

  private static boolean flag(Tree.Obj options, String key, Place place) {
    Optional<Tree> stated = options.get(key);
    if (stated.isEmpty()) {
      return false;
    }
    return stated
        .flatMap(Tree::asBoolean)
        .orElseThrow(() -> CaseDirectory.invalid(place, "'" + key + "' must be true or false"));
  }

  /** Options with those of the case. */
  KerasImportOptions over(KerasImportOptions options) {
    return options
        .withImageDimOrdering(imageDimOrdering.orElse(options.imageDimOrdering()))
        .withTheanoKernels(theanoKernels.orElse(options.theanoKernels()))
        .withByName(byName || options.byName())
        .withSkipMismatch(skipMismatch || options.skipMismatch());
  }
}
