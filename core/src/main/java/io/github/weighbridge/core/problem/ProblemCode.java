package io.github.weighbridge.core.problem;

/**
 * The kinds of problem, stable names for machines: {@code --json} output and tests speak of them.
 *
 * <p>Malformed (the bytes contradict their format), unknown (nobody here has heard of it) and
 * unsupported (known, but not possible) are kept apart, because what a user can do differs.
 */
public enum ProblemCode {
  // The file as a container.
  /** The file does not exist, is a folder, or cannot be read. */
  FILE_UNREADABLE,
  /** The bytes are of no format that is read here. */
  FORMAT_UNKNOWN,
  /** The format is known by name but not read (SavedModel, pickles, PyTorch). */
  FORMAT_UNSUPPORTED,
  /** The bytes contradict their own format: truncated, damaged, lengths that overrun. */
  FILE_MALFORMED,
  /** A size that the file states is beyond a limit. */
  LIMIT_EXCEEDED,
  /** The file points outside itself: external or soft link, external storage, path tricks. */
  LINK_REFUSED,
  /** An entry that the container must have is missing. */
  ENTRY_MISSING,
  /** The same entry stands twice. */
  ENTRY_DUPLICATE,

  // The configuration.
  /** JSON or YAML that does not parse. */
  CONFIG_MALFORMED,
  /** A configuration key that the layer needs is absent. */
  CONFIG_KEY_MISSING,
  /** A configuration key that nobody here knows, with a value that may matter. */
  CONFIG_KEY_UNKNOWN,
  /** A value of the wrong type or outside its range. */
  CONFIG_VALUE_INVALID,

  // The graph.
  /** A layer, node or tensor that is referred to does not exist. */
  REFERENCE_MISSING,
  /** The graph has a cycle or a call that never gets its inputs. */
  GRAPH_UNCONNECTED,
  /** Shapes or dtypes that do not go together. */
  SHAPE_MISMATCH,
  /** The input shape is in no part of the file. */
  INPUT_SHAPE_UNKNOWN,
  /** A size on which the operations depend is known at run time only. */
  SIZE_UNKNOWN,

  // Layers and operations.
  /** A layer class that nobody here knows. */
  LAYER_UNKNOWN,
  /** A layer, or an option of it, that the target cannot express. */
  LAYER_UNSUPPORTED,
  /** Code inside the file (Lambda): never executed. */
  CODE_REFUSED,
  /** A function (activation...) that nobody here knows. */
  FUNCTION_UNKNOWN,
  /** An operation that the target cannot express. */
  OPERATION_UNSUPPORTED,
  /** A data type that the target cannot express. */
  DTYPE_UNSUPPORTED,

  // Weights.
  /** A weight that the layer must have is not in the file. */
  WEIGHT_MISSING,
  /** A weight in the file that no layer asks for. */
  WEIGHT_UNEXPECTED,
  /** A weight of another shape than the layer's. */
  WEIGHT_SHAPE_MISMATCH,
  /** A weight of another data type than can be used. */
  WEIGHT_DTYPE_MISMATCH,

  // Arrays that go with a model.
  /** An input array is missing, surplus or of the wrong shape. */
  ARRAY_MISMATCH,
  /** An index outside its table (Embedding). */
  INDEX_OUT_OF_RANGE,

  // Targets.
  /** The target cannot be written. */
  TARGET_UNWRITABLE,
  /** The target format has a limit that the model exceeds. */
  TARGET_LIMIT,
  /** What the target drops or changes, without harm to predictions. */
  TARGET_DROPS,
  /** A number is computed in another precision than the source has it. */
  PRECISION_CHANGED,
}
