package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.jhdf.ObjectHeader;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.dataset.DatasetLoader;
import io.jhdf.dataset.NoParent;
import io.jhdf.filter.PipelineFilterWithData;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes datasets whose elements do not stand in one piece.
 *
 * <p>jhdf decodes; what it does not check is checked before: that every chunk was written (it would
 * give zeros instead of the fill value) and that a compressed chunk does not expand to more than a
 * chunk (it would allocate whatever comes out), and the checksum of chunks that have one (it drops
 * them unseen).
 */
final class Chunks {

  /** Filters add a checksum and little else to a chunk. */
  private static final int SLACK_BYTES = 1024;

  /** The filter's number. */
  private static final int DEFLATE = 1;

  private static final int SCRATCH_BYTES = 64 << 10;

  private final ChunkedDataset dataset;
  private final Place place;

  private Chunks(ChunkedDataset dataset, Place place) {
    this.dataset = dataset;
    this.place = place;
  }

  /** The elements in the file's byte order. */
  static byte[] decode(MetadataStorage storage, long headerAddress, Place place, int byteCount) {
    return Guarded.read(
        place,
        "a chunk",
        () -> {
          DatasetBase dataset =
              (DatasetBase)
                  DatasetLoader.createDataset(
                      storage,
                      ObjectHeader.readObjectHeader(storage, headerAddress),
                      "data",
                      NoParent.INSTANCE);
          if (dataset instanceof ChunkedDataset chunked) {
            new Chunks(chunked, place).check();
          }
          byte[] bytes = new byte[byteCount];
          dataset.getDataBuffer().duplicate().rewind().get(bytes);
          return bytes;
        });
  }

  private void check() {
    int[] dims = dataset.getDimensions();
    int[] chunk = dataset.getChunkDimensions();
    long chunkBytes = dataset.getDataType().getSize();
    for (int size : chunk) {
      chunkBytes = Math.multiplyExact(chunkBytes, size);
    }
    if (chunkBytes <= 0 || chunkBytes > DecodedSource.MAX_BYTES) {
      throw new IllegalStateException("chunks of " + chunkBytes + " bytes");
    }
    List<Integer> filters =
        dataset.getFilters().stream().map(PipelineFilterWithData::getId).toList();
    boolean deflated = filters.contains(DEFLATE);
    boolean summed = filters.contains(Fletcher32.ID);
    if (summed && filters.indexOf(Fletcher32.ID) != filters.size() - 1) {
      throw ProblemsException.of(
          ProblemCode.FORMAT_UNSUPPORTED,
          place,
          "must have its checksums (fletcher32) behind its other filters",
          "filters in the order " + filters,
          "save it again without chunks and compression");
    }
    int[] offset = new int[dims.length];
    do {
      ByteBuffer raw = rawChunk(offset);
      if (summed) {
        checkSum(raw, offset);
      }
      checkExpansion(raw, offset, chunkBytes, deflated);
    } while (advance(offset, chunk, dims));
  }

  private ByteBuffer rawChunk(int[] offset) {
    try {
      return dataset.getRawChunkBuffer(offset);
    } catch (ProblemsException e) {
      throw e;
    } catch (RuntimeException e) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place,
          "must have all of its chunks",
          "none at " + Arrays.toString(offset),
          "the writer did not finish; save the file again",
          e);
    }
  }

  /** jhdf drops the checksums unseen. */
  private void checkSum(ByteBuffer raw, int[] offset) {
    if (raw.limit() < Fletcher32.BYTES) {
      throw new IllegalStateException("a chunk without a checksum");
    }
    int stated = Fletcher32.stated(raw);
    int computed = Fletcher32.computed(raw);
    if (stated != computed && stated != Fletcher32.swapped(computed)) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place,
          String.format("must have the checksum %08x", stated),
          String.format("%08x in the chunk at %s", computed, Arrays.toString(offset)),
          "the file is damaged; copy or save it again");
    }
  }

  private void checkExpansion(ByteBuffer raw, int[] offset, long chunkBytes, boolean deflated) {
    boolean bomb =
        raw.remaining() > chunkBytes + SLACK_BYTES
            || (deflated && expandsBeyond(raw.duplicate(), chunkBytes + SLACK_BYTES));
    if (bomb) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place,
          "must have chunks of " + chunkBytes + " bytes",
          "one that expands to more at " + Arrays.toString(offset),
          "the file is damaged or made to do harm");
    }
  }

  private static boolean expandsBeyond(ByteBuffer raw, long limit) {
    Inflater inflater = new Inflater();
    byte[] scratch = new byte[SCRATCH_BYTES];
    inflater.setInput(raw);
    long total = 0;
    try {
      int count;
      do {
        count = inflater.inflate(scratch);
        total += count;
      } while (count > 0 && total <= limit);
      return total > limit;
    } catch (DataFormatException e) {
      // Not deflated (a filter may be left out for a chunk) or damaged: jhdf will tell.
      return false;
    } finally {
      inflater.end();
    }
  }

  /** The next chunk's offset, the last axis first; false behind the last chunk. */
  private static boolean advance(int[] offset, int[] chunk, int[] dims) {
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      offset[axis] += chunk[axis];
      if (offset[axis] < dims[axis]) {
        return true;
      }
      offset[axis] = 0;
    }
    return false;
  }
}
