package io.github.weighbridge.cli;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs ONNX files with ONNX Runtime: the judge of what we write. */
final class OnnxRuntime implements AutoCloseable {

  private final OrtEnvironment environment;
  private final OrtSession session;

  OnnxRuntime(Path file, int threads) throws OrtException {
    environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      session = environment.createSession(file.toString(), options);
    }
  }

  /** The outputs for these inputs, both in the file's order. */
  List<Tensor> run(List<Tensor> inputs) throws OrtException {
    Map<String, OnnxTensor> feed = new LinkedHashMap<>();
    try {
      int next = 0;
      // Entries stand in the file's order.
      for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
        TensorInfo info = (TensorInfo) input.getValue().getInfo();
        requireGivable(input.getKey(), info);
        Tensor array = inputs.get(next++).cast(dtype(info));
        feed.put(input.getKey(), tensor(array, info.type));
      }
      List<Tensor> outputs = new ArrayList<>();
      try (OrtSession.Result result = session.run(feed)) {
        // In the file's order, which the result's own iteration does not promise.
        for (String name : session.getOutputNames()) {
          Optional<OnnxValue> value = result.get(name);
          outputs.add(tensor((OnnxTensor) value.orElseThrow()));
        }
      }
      return outputs;
    } finally {
      feed.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(Tensor tensor, OnnxJavaType type) throws OrtException {
    if (tensor.dtype() == DataType.STRING) {
      return OnnxTensor.createTensor(environment, tensor.strings(), tensor.sizes());
    }
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(tensor.bytes().remaining()).order(ByteOrder.nativeOrder());
    bytes.put(tensor.bytes()).flip();
    return OnnxTensor.createTensor(environment, bytes, tensor.sizes(), type);
  }

  private static Tensor tensor(OnnxTensor value) throws OrtException {
    TensorInfo info = value.getInfo();
    if (info.type == OnnxJavaType.STRING) {
      return Tensor.of(strings(value.getValue()).toArray(String[]::new), info.getShape());
    }
    ByteBuffer bytes = value.getByteBuffer();
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    copy.put(bytes).flip();
    return Tensor.of(dtype(info), copy, info.getShape());
  }

  /** The strings of nested arrays, in row-major order. */
  private static Stream<String> strings(Object value) {
    return value instanceof Object[] array
        ? Arrays.stream(array).flatMap(OnnxRuntime::strings)
        : Stream.of((String) value);
  }

  /**
   * Its Java binding makes no arrays of whole numbers without a sign that are longer than 8 bits.
   */
  private static void requireGivable(String name, TensorInfo info) {
    DataType dtype = dtype(info);
    if (dtype.kind() == DataType.Kind.UNSIGNED && dtype != DataType.UINT8) {
      Problems problems = new Problems();
      problems.error(
          ProblemCode.DTYPE_UNSUPPORTED,
          Place.UNKNOWN,
          "ONNX Runtime for Java must be given other inputs than " + dtype.kerasName(),
          "'" + name + "'",
          "");
      problems.throwIfErrors();
    }
  }

  /** The type of the elements, which Java's types tell without their sign. */
  private static DataType dtype(TensorInfo info) {
    return switch (info.onnxType) {
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> DataType.UINT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> DataType.UINT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> DataType.UINT64;
      default -> dtype(info.type);
    };
  }

  private static DataType dtype(OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> DataType.FLOAT32;
      case DOUBLE -> DataType.FLOAT64;
      case INT8 -> DataType.INT8;
      case INT16 -> DataType.INT16;
      case INT32 -> DataType.INT32;
      case INT64 -> DataType.INT64;
      case BOOL -> DataType.BOOL;
      case STRING -> DataType.STRING;
      case UINT8 -> DataType.UINT8;
      case FLOAT16 -> DataType.FLOAT16;
      case BFLOAT16 -> DataType.BFLOAT16;
      case UNKNOWN -> throw new IllegalStateException("an element type that is not known");
    };
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
