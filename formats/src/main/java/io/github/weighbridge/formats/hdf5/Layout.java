package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.jhdf.Constants;
import java.nio.ByteBuffer;

/**
 * How the elements of a dataset stand in the file.
 *
 * @param address of the first element if contiguous
 */
record Layout(Kind kind, long address) {

  /** HDF5 2.0 writes version 5 for compressed chunks if asked for its latest format. */
  private static final int MAX_VERSION = 4;

  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;
  private static final int CHUNKED = 2;
  private static final int VIRTUAL = 3;

  /** One piece, or something to decode. */
  enum Kind {
    CONTIGUOUS,
    /** In the header, or in chunks, which may be compressed. */
    ENCODED
  }

  /**
   * From the layout message. Versions 3 and 4: version, class (1 each), address; versions 1 and 2:
   * version, rank, class (1 each), five reserved bytes, address.
   */
  static Layout of(MetadataStorage storage, ObjectHeader header, Place place) {
    if (header.has(ObjectHeader.Type.EXTERNAL_FILES)) {
      throw elsewhere(place, "data that stand in another file");
    }
    return Guarded.read(
        place,
        "a data layout",
        () -> {
          ByteBuffer message = header.require(ObjectHeader.Type.LAYOUT);
          boolean old = message.get(0) < 3;
          if (message.get(0) > MAX_VERSION) {
            throw ProblemsException.of(
                ProblemCode.FORMAT_UNSUPPORTED,
                place,
                "must have a data layout of version 1 to " + MAX_VERSION,
                "version " + message.get(0),
                "save it again without chunks and compression, or with libver='v114'");
          }
          int layoutClass = message.get(old ? 2 : 1);
          return switch (layoutClass) {
            case CONTIGUOUS -> new Layout(Kind.CONTIGUOUS, storage.address(message, old ? 8 : 2));
            case COMPACT, CHUNKED -> new Layout(Kind.ENCODED, Constants.UNDEFINED_ADDRESS);
            case VIRTUAL -> throw elsewhere(place, "a virtual dataset");
            default -> throw new IllegalStateException("a layout of class " + layoutClass);
          };
        });
  }

  /** Whether there are no elements yet, only a fill value. */
  boolean isUnwritten() {
    return address == Constants.UNDEFINED_ADDRESS;
  }

  private static ProblemsException elsewhere(Place place, String found) {
    return ProblemsException.of(
        ProblemCode.LINK_REFUSED,
        place,
        "must hold its data itself",
        found,
        "save it again with its data inside");
  }
}
