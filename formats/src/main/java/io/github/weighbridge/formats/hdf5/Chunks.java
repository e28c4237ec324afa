package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.jhdf.ObjectHeader;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.dataset.DatasetLoader;
import io.jhdf.dataset.NoParent;
import java.nio.ByteBuffer;

/** Decodes datasets whose elements do not stand in one piece. */
final class Chunks {

  private Chunks() {}

  /** The elements in the file's byte order. */
  static byte[] decode(MetadataStorage storage, long headerAddress, Place place, int byteCount) {
    return Guarded.read(
        place,
        () -> {
          DatasetBase dataset =
              (DatasetBase)
                  DatasetLoader.createDataset(
                      storage,
                      ObjectHeader.readObjectHeader(storage, headerAddress),
                      "data",
                      NoParent.INSTANCE);
          ByteBuffer data = dataset.getDataBuffer();
          byte[] bytes = new byte[byteCount];
          data.duplicate().rewind().get(bytes);
          return bytes;
        });
  }
}
