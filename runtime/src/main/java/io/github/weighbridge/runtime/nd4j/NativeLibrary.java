package io.github.weighbridge.runtime.nd4j;

import io.github.weighbridge.core.tensor.DataType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.nativeblas.NativeOps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ND4J's native library, loaded by the first call of {@link #get()} and never before. Thread-safe.
 */
public final class NativeLibrary {

  /** The binding of the CPU backend; by name, because its jar is a run-time dependency. */
  private static final String BINDING = "org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu";

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private final NativeOps ops;
  private final Map<String, Long> operations;
  private final Map<ShapeKey, Pointer> shapes = new ConcurrentHashMap<>();
  private final boolean oneDnn;

  private NativeLibrary(NativeOps ops) {
    this.ops = ops;
    ops.initializeDevicesAndFunctions();
    this.operations = operationHashes(ops.getAllCustomOps());
    this.oneDnn = ops.buildInfo().contains("HAVE_ONEDNN");
    if (!oneDnn) {
      LOG.warn(
          "this build of ND4J has no oneDNN: convolutions are 8 to 27 times slower than with the"
              + " '-onednn' classifier of nd4j-native");
    }
  }

  /** The library, loaded now if it is not yet. */
  public static NativeLibrary get() {
    return Holder.LIBRARY;
  }

  /** Loads on first use; the JVM makes that safe between threads. */
  private static final class Holder {
    static final NativeLibrary LIBRARY = load();

    private static NativeLibrary load() {
      try {
        return new NativeLibrary(
            Class.forName(BINDING).asSubclass(NativeOps.class).getConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "ND4J's CPU backend is not on the class path: add org.nd4j:nd4j-native with the"
                + " classifier of this machine",
            e);
      }
    }
  }

  /** Whether oneDNN is built in. */
  public boolean hasOneDnn() {
    return oneDnn;
  }

  /** How many threads a native operation uses, in the whole process. */
  public void setThreads(int threads) {
    ops.setOmpNumThreads(threads);
  }

  NativeOps ops() {
    return ops;
  }

  /** The number by which an operation is called. */
  long hash(String operation) {
    Long hash = operations.get(operation);
    if (hash == null) {
      throw new IllegalArgumentException("ND4J has no operation '" + operation + "'");
    }
    return hash;
  }

  /** ND4J's description of a row-major array; cached natively for the life of the process. */
  Pointer shapeInfo(DataType dtype, long... sizes) {
    return shapes.computeIfAbsent(
        new ShapeKey(dtype, Arrays.stream(sizes).boxed().toList()), key -> create(dtype, sizes));
  }

  private Pointer create(DataType dtype, long... sizes) {
    long[] strides = new long[sizes.length];
    long stride = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= sizes[i];
    }
    try (LongPointer shape = new LongPointer(sizes);
        LongPointer steps = new LongPointer(strides)) {
      return ops.getConstantShapeBufferPrimary(
          ops.shapeBuffer(sizes.length, shape, steps, typeNumber(dtype), 'c', 1, stride == 0));
    }
  }

  /** The numbers of libnd4j's {@code sd::DataType}. */
  private static int typeNumber(DataType dtype) {
    return switch (dtype) {
      case BOOL -> 1;
      case FLOAT32 -> 5;
      case FLOAT64 -> 6;
      case INT8 -> 7;
      case INT16 -> 8;
      case INT32 -> 9;
      case INT64 -> 10;
      case UINT8 -> 11;
      case UINT16 -> 12;
      case UINT32 -> 13;
      case UINT64 -> 14;
      case FLOAT16,
          BFLOAT16,
          FLOAT8_E4M3FN,
          FLOAT8_E5M2,
          INT4,
          UINT4,
          COMPLEX64,
          COMPLEX128,
          STRING ->
          throw new IllegalArgumentException("no native arrays of " + dtype);
    };
  }

  /** Reads {@code name:hash:inputs:...;name:hash:...}. */
  private static Map<String, Long> operationHashes(String list) {
    Map<String, Long> hashes = new HashMap<>();
    for (String entry : list.split(";", -1)) {
      String[] fields = entry.split(":", -1);
      if (fields.length > 1) {
        hashes.put(fields[0], Long.parseLong(fields[1]));
      }
    }
    return hashes;
  }

  private record ShapeKey(DataType dtype, List<Long> sizes) {}
}
