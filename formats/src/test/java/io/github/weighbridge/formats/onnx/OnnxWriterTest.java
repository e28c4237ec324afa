package io.github.weighbridge.formats.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.onnx.proto.AttributeProto;
import io.github.weighbridge.formats.onnx.proto.GraphProto;
import io.github.weighbridge.formats.onnx.proto.ModelProto;
import io.github.weighbridge.formats.onnx.proto.StringStringEntryProto;
import io.github.weighbridge.formats.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of ONNX files, as protobuf's own parser reads them. */
class OnnxWriterTest {

  @TempDir Path folder;

  private static OnnxModel model(Map<String, WeightRef> initializers) {
    TensorType type = new TensorType(DataType.FLOAT32, Shape.of(Dim.symbolic("batch"), Dim.of(3)));
    TensorType result =
        new TensorType(DataType.FLOAT32, Shape.of(Dim.symbolic("batch"), Dim.symbolic("m")));
    OnnxNode node =
        new OnnxNode(
            "y",
            "Gemm",
            "",
            List.of("x", "w"),
            List.of("y"),
            Map.of("transB", OnnxAttribute.of(1), "alpha", OnnxAttribute.of(0.5)));
    OnnxGraph graph =
        new OnnxGraph(
            "g",
            List.of(new OnnxValueInfo("x", type)),
            initializers,
            List.of(node),
            List.of(new OnnxValueInfo("y", result)));
    return new OnnxModel(
        8, 17, Map.of("ai.onnx.ml", 2), "weighbridge", "1", Map.of("b", "2", "a", "1"), graph);
  }

  private static Map<String, WeightRef> weights() {
    float[] numbers = new float[3000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("w", WeightRef.of(Tensor.of(numbers, 1000, 3)).transposed(1, 0));
    weights.put("shape", WeightRef.of(Tensor.of(new long[] {1, -1}, 2)));
    weights.put("none", WeightRef.of(Tensor.of(new float[0], 0, 3)));
    weights.put("scalar", WeightRef.of(Tensor.of(new float[] {7})));
    weights.put("v", WeightRef.of(Tensor.of(numbers, 3000)));
    return weights;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void protobufReadsWhatIsStreamed() throws IOException {
    Path file = folder.resolve("m.onnx");
    OnnxWriter.write(model(weights()), file);
    assertThat(files()).containsExactly("m.onnx");
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(model.getUnknownFields().asMap()).isEmpty();
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(model.getProducerName()).isEqualTo("weighbridge");
    assertThat(model.getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey)
        .containsExactly("a", "b");
    GraphProto graph = model.getGraph();
    assertThat(graph.getName()).isEqualTo("g");
    assertThat(graph.getNode(0).getAttributeList())
        .extracting(AttributeProto::getName)
        .containsExactly("alpha", "transB");
    assertThat(graph.getInput(0).getType().getTensorType().getShape().getDim(0).getDimParam())
        .isEqualTo("batch");
    List<TensorProto> tensors = graph.getInitializerList();
    assertThat(tensors)
        .extracting(TensorProto::getName)
        .containsExactly("w", "shape", "none", "scalar", "v");
    assertThat(tensors.get(0).getDimsList()).containsExactly(3L, 1000L);
    assertThat(data(tensors.get(0)).getFloat(4)).isEqualTo(3);
    assertThat(data(tensors.get(1)).getLong(8)).isEqualTo(-1);
    assertThat(tensors.get(2).hasRawData()).isFalse();
    assertThat(tensors.get(3).getDimsList()).isEmpty();
    assertThat(tensors.get(4).getRawData().size()).isEqualTo(12000);
  }

  private static java.nio.ByteBuffer data(TensorProto tensor) {
    return tensor.getRawData().asReadOnlyByteBuffer().order(java.nio.ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void largeModelsHaveTheirWeightsBeside() throws IOException {
    Path file = folder.resolve("m.onnx");
    OnnxWriter.write(model(weights()), file, 10_000);
    assertThat(files()).containsExactly("m.onnx", "m.onnx.data");
    List<TensorProto> tensors =
        ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getInitializerList();
    assertThat(external(tensors.get(0)))
        .isEqualTo(Map.of("location", "m.onnx.data", "offset", "0", "length", "12000"));
    assertThat(external(tensors.get(4)))
        .isEqualTo(Map.of("location", "m.onnx.data", "offset", "12288", "length", "12000"));
    // Small ones stay: shape inference reads them.
    assertThat(tensors.get(1).getRawData().size()).isEqualTo(16);
    assertThat(tensors.get(1).getDataLocation()).isEqualTo(TensorProto.DataLocation.DEFAULT);
    assertThat(Files.size(folder.resolve("m.onnx.data"))).isEqualTo(12288 + 12000);
    try (WeightFile data = WeightFile.open(folder.resolve("m.onnx.data"))) {
      Tensor v = WeightRef.of(DataType.FLOAT32, data, 12288, 3000).load();
      assertThat(v.floats()).isEqualTo(Objects.requireNonNull(weights().get("v")).load().floats());
    }
  }

  @Test
  void onnxRuntimeFindsTheWeightsBeside() throws Exception {
    Path file = folder.resolve("m.onnx");
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("unused", WeightRef.filled(DataType.FLOAT32, 1, 3000));
    // 0.5 (1 + 2 + 3) 4 = 12, behind another weight in the file.
    weights.put("w", WeightRef.of(Tensor.filled(DataType.FLOAT32, 4, 400, 3)));
    OnnxWriter.write(model(weights), file, 10_000);
    assertThat(files()).containsExactly("m.onnx", "m.onnx.data");
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(file.toString(), options);
        OnnxTensor x = OnnxTensor.createTensor(environment, new float[][] {{1, 2, 3}});
        OrtSession.Result result = session.run(Map.of("x", x))) {
      float[][] y = (float[][]) result.get(0).getValue();
      assertThat(y[0]).hasSize(400).containsOnly(12);
    }
  }

  private static Map<String, String> external(TensorProto tensor) {
    assertThat(tensor.getDataLocation()).isEqualTo(TensorProto.DataLocation.EXTERNAL);
    assertThat(tensor.hasRawData()).isFalse();
    return tensor.getExternalDataList().stream()
        .collect(
            Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Path one = folder.resolve("1.onnx");
    Path two = folder.resolve("2.onnx");
    OnnxWriter.write(model(weights()), one);
    OnnxWriter.write(model(weights()), two);
    assertThat(two).hasSameBinaryContentAs(one);
  }

  @Test
  void weightsGoFromFileToFileOverTheirOwnFile() throws IOException {
    byte[] bytes = new byte[4096];
    new Random(1).nextBytes(bytes);
    Path file = folder.resolve("m.bin");
    Files.write(file, bytes);
    try (WeightFile source = WeightFile.open(file)) {
      WeightRef weight = WeightRef.of(DataType.FLOAT32, source, 1024, 10, 20);
      OnnxWriter.write(model(Map.of("w", weight)), file);
    }
    TensorProto tensor =
        ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getInitializer(0);
    assertThat(tensor.getRawData().toByteArray())
        .isEqualTo(java.util.Arrays.copyOfRange(bytes, 1024, 1824));
    assertThat(files()).containsExactly("m.bin");
  }

  @Test
  void aFailureLeavesWhatStoodThere() throws IOException {
    WeightRef broken =
        WeightRef.of(
            DataType.FLOAT32,
            (start, target) -> {
              throw new IOException("the disk is gone");
            },
            1000);
    Map<String, WeightRef> weights = weights();
    weights.put("broken", broken);
    Path file = folder.resolve("m.onnx");
    Files.writeString(file, "before");
    for (long limit : new long[] {OnnxWriter.INLINE_LIMIT, 10_000}) {
      assertThatThrownBy(() -> OnnxWriter.write(model(weights), file, limit))
          .isInstanceOf(IOException.class)
          .hasMessage("the disk is gone");
      assertThat(files()).containsExactly("m.onnx");
      assertThat(file).hasContent("before");
    }
  }

  @Test
  void targetsThatCannotBeWrittenAreRefused() throws IOException {
    Path missing = folder.resolve("missing").resolve("m.onnx");
    assertThatThrownBy(() -> OnnxWriter.write(model(weights()), missing))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::code)
                    .containsExactly(ProblemCode.TARGET_UNWRITABLE))
        .hasMessage(
            missing
                + ": must be a place where a file can be written, found no folder "
                + missing.getParent()
                + "; make the folder first");
    assertThatThrownBy(() -> OnnxWriter.write(model(weights()), folder))
        .hasMessage(
            folder
                + ": must be a place where a file can be written, found a folder; name a file in"
                + " it");
  }

  @Test
  void aModelWhoseNodesAloneAreTooLargeIsRefused() throws IOException {
    Path file = folder.resolve("m.onnx");
    assertThatThrownBy(() -> OnnxWriter.write(model(weights()), file, 100))
        .isInstanceOf(ProblemsException.class)
        .hasMessageMatching(
            Pattern.quote(file.toString())
                + ": must have less than 100 bytes besides its weights, found \\d+ bytes; split the"
                + " model")
        .satisfies(
            refused ->
                assertThat(((ProblemsException) refused).problems())
                    .extracting(Problem::code)
                    .containsExactly(ProblemCode.TARGET_LIMIT));
    assertThat(files()).isEmpty();
  }

  @Test
  void typesHaveOnnxNumbers() {
    assertThat(OnnxDataType.code(DataType.BFLOAT16)).isEqualTo(TensorProto.DataType.BFLOAT16_VALUE);
    for (DataType dtype : DataType.values()) {
      assertThat(OnnxDataType.ofCode(OnnxDataType.code(dtype))).contains(dtype);
    }
    assertThat(OnnxDataType.ofCode(0)).isEmpty();
    assertThat(OnnxDataType.ofCode(23)).isEmpty();
  }
}
