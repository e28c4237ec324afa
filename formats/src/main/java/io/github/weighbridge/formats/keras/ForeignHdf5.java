package io.github.weighbridge.formats.keras;

import io.github.weighbridge.formats.hdf5.Hdf5Attributes;
import io.github.weighbridge.formats.hdf5.Hdf5Group;
import java.util.Set;

/**
 * HDF5 that is not Keras's: what else it is, by what its root has.
 *
 * @param words what it is, for people: behind "found"
 * @param isNamed whether its program is known
 * @param advice what to do
 */
record ForeignHdf5(String words, boolean isNamed, String advice) {

  private static final String SAVE = "save the model with Keras again";

  static ForeignHdf5 of(Hdf5Group root) {
    Set<String> names = root.names();
    Hdf5Attributes attributes = root.attributes();
    if (attributes.has("_NCProperties") || attributes.has("_nc3_strict")) {
      return named("a NetCDF-4 data set");
    }
    if (attributes.has("PYTABLES_FORMAT_VERSION")) {
      return named("PyTables or pandas data");
    }
    if (names.contains("#refs#") || isMatlab(root, names)) {
      return named("a MATLAB 7.3 file");
    }
    if (names.contains("data") && (names.contains("params") || hasBlobs(root))) {
      return named("weights or data of Caffe");
    }
    return new ForeignHdf5("HDF5 of another program", false, SAVE);
  }

  private static ForeignHdf5 named(String words) {
    return new ForeignHdf5(
        words, true, "open it with its own program and save the model from Keras");
  }

  /** Every variable of MATLAB says its class. */
  private static boolean isMatlab(Hdf5Group root, Set<String> names) {
    return names.stream()
        .limit(1)
        .anyMatch(
            name ->
                root.find(name).filter(node -> node.attributes().has("MATLAB_class")).isPresent());
  }

  /** Caffe's snapshot: {@code data/<layer>/0}, {@code data/<layer>/1}... */
  private static boolean hasBlobs(Hdf5Group root) {
    return root.group("data")
        .filter(
            data ->
                data.names().stream()
                    .anyMatch(
                        layer ->
                            data.group(layer)
                                .filter(blobs -> blobs.names().contains("0"))
                                .isPresent()))
        .isPresent();
  }
}
