package io.github.weighbridge.formats.onnx;

import com.google.protobuf.ByteString;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.onnx.proto.AttributeProto;
import io.github.weighbridge.formats.onnx.proto.AttributeProto.AttributeType;
import io.github.weighbridge.formats.onnx.proto.GraphProto;
import io.github.weighbridge.formats.onnx.proto.ModelProto;
import io.github.weighbridge.formats.onnx.proto.NodeProto;
import io.github.weighbridge.formats.onnx.proto.OperatorSetIdProto;
import io.github.weighbridge.formats.onnx.proto.StringStringEntryProto;
import io.github.weighbridge.formats.onnx.proto.TensorProto;
import io.github.weighbridge.formats.onnx.proto.TensorShapeProto;
import io.github.weighbridge.formats.onnx.proto.TypeProto;
import io.github.weighbridge.formats.onnx.proto.ValueInfoProto;
import java.util.Map;

/** Our records as the messages of {@code onnx.proto}; without the elements of tensors. */
final class OnnxMessages {

  private OnnxMessages() {}

  /** Everything of a model but its graph. */
  static ModelProto modelWithoutGraph(OnnxModel model) {
    ModelProto.Builder builder =
        ModelProto.newBuilder()
            .setIrVersion(model.irVersion())
            .setProducerName(model.producer())
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("").setVersion(model.opset()));
    model
        .otherOpsets()
        .forEach(
            (domain, version) ->
                builder.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
    if (!model.producerVersion().isEmpty()) {
      builder.setProducerVersion(model.producerVersion());
    }
    model.metadata().forEach((key, value) -> builder.addMetadataProps(entry(key, value)));
    return builder.build();
  }

  /** Everything of a graph but its initializers. */
  static GraphProto graphWithoutInitializers(OnnxGraph graph) {
    GraphProto.Builder builder = GraphProto.newBuilder().setName(graph.name());
    graph.nodes().forEach(node -> builder.addNode(node(node)));
    graph.inputs().forEach(input -> builder.addInput(valueInfo(input)));
    graph.outputs().forEach(output -> builder.addOutput(valueInfo(output)));
    return builder.build();
  }

  /** A tensor's name and type. */
  static TensorProto.Builder tensorWithoutData(String name, WeightRef weight) {
    TensorProto.Builder builder =
        TensorProto.newBuilder().setName(name).setDataType(OnnxDataType.code(weight.dtype()));
    for (long size : weight.sizes()) {
      builder.addDims(size);
    }
    return builder;
  }

  static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static NodeProto node(OnnxNode node) {
    NodeProto.Builder builder =
        NodeProto.newBuilder()
            .addAllInput(node.inputs())
            .addAllOutput(node.outputs())
            .setOpType(node.opType());
    if (!node.name().isEmpty()) {
      builder.setName(node.name());
    }
    if (!node.domain().isEmpty()) {
      builder.setDomain(node.domain());
    }
    for (Map.Entry<String, OnnxAttribute> attribute : node.attributes().entrySet()) {
      builder.addAttribute(attribute(attribute.getKey(), attribute.getValue()));
    }
    return builder.build();
  }

  private static AttributeProto attribute(String name, OnnxAttribute attribute) {
    AttributeProto.Builder builder = AttributeProto.newBuilder().setName(name);
    if (attribute instanceof OnnxAttribute.Int number) {
      builder.setType(AttributeType.INT).setI(number.value());
    } else if (attribute instanceof OnnxAttribute.Real number) {
      builder.setType(AttributeType.FLOAT).setF(number.value());
    } else if (attribute instanceof OnnxAttribute.Text text) {
      builder.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text.value()));
    } else if (attribute instanceof OnnxAttribute.Ints ints) {
      builder.setType(AttributeType.INTS).addAllInts(ints.values());
    } else if (attribute instanceof OnnxAttribute.Reals reals) {
      builder.setType(AttributeType.FLOATS).addAllFloats(reals.values());
    } else if (attribute instanceof OnnxAttribute.Texts texts) {
      builder.setType(AttributeType.STRINGS);
      texts.values().forEach(text -> builder.addStrings(ByteString.copyFromUtf8(text)));
    } else if (attribute instanceof OnnxAttribute.Body body) {
      builder.setType(AttributeType.GRAPH).setG(body(body.graph()));
    }
    return builder.build();
  }

  private static GraphProto body(OnnxGraph graph) {
    if (!graph.initializers().isEmpty()) {
      throw new IllegalArgumentException(
          "graph '" + graph.name() + "' inside a node has initializers of its own");
    }
    return graphWithoutInitializers(graph);
  }

  private static ValueInfoProto valueInfo(OnnxValueInfo value) {
    return ValueInfoProto.newBuilder()
        .setName(value.name())
        .setType(TypeProto.newBuilder().setTensorType(tensorType(value.type())))
        .build();
  }

  private static TypeProto.Tensor tensorType(TensorType type) {
    // A shape without dimensions is a scalar's; it must stand there all the same.
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Dim dim : type.shape().dims()) {
      TensorShapeProto.Dimension.Builder builder = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          dim.isFixed() ? builder.setDimValue(dim.size()) : builder.setDimParam(dim.toString()));
    }
    return TypeProto.Tensor.newBuilder()
        .setElemType(OnnxDataType.code(type.dtype()))
        .setShape(shape)
        .build();
  }
}
