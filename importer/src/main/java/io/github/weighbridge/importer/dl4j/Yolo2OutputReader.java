package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.tensor.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Yolo2OutputLayer: for each box its place and confidence by a sigmoid, its size as a multiple of
 * the box's, and the probabilities of the classes.
 */
final class Yolo2OutputReader implements VertexReader {

  private static final Tree.Obj NONE = Tree.object();

  @Override
  public Signal read(VertexReading vertex) {
    vertex.requireRank(vertex.input(), 4);
    int axis = vertex.format("format", "NCHW") == DataFormat.CHANNELS_FIRST ? 1 : 3;
    List<Double> boxes = boxes(vertex.config());
    Value image = vertex.array();
    Dim channels = image.type().shape().dim(axis);
    int count = boxes.size() / 2;
    if (!channels.isFixed() || channels.size() % count != 0 || channels.size() / count <= 5) {
      throw vertex.refusal(
          "must have 5 channels and one for each class for each of " + count + " boxes",
          vertex.shape().toString());
    }
    int size = Math.toIntExact(channels.size() / count);
    Tree.Obj along = NONE.with("axis", Tree.of(axis));
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = i * size;
      parts.add(sigmoid(vertex, image, axis, from, from + 2));
      for (int side = 0; side < 2; side++) {
        Value own = Slices.of(vertex, image, axis, from + 2 + side, from + 3 + side);
        Value factor = vertex.function("Exp", NONE, own);
        parts.add(vertex.function("Multiply", NONE, factor, boxes.get(2 * i + side)));
      }
      parts.add(sigmoid(vertex, image, axis, from + 4, from + 5));
      Value classes = Slices.of(vertex, image, axis, from + 5, from + size);
      parts.add(vertex.function("Softmax", along, classes));
    }
    return Signal.same(vertex.functionOfAll("Concatenate", along, parts));
  }

  private static Value sigmoid(VertexReading vertex, Value image, int axis, int from, int to) {
    return vertex.function("Sigmoid", NONE, Slices.of(vertex, image, axis, from, to));
  }

  /** Width and height of every box; in the first versions the array stands in another form. */
  private static List<Double> boxes(ConfigObject config) {
    ConfigObject array = config.object("boundingBoxes");
    String key = array.given("dataBuffer") ? "dataBuffer" : "data";
    List<Double> numbers = new ArrayList<>();
    collect(array.tree().get(key), numbers);
    if (numbers.isEmpty() || numbers.size() % 2 != 0) {
      throw config.invalid("boundingBoxes", "must have two numbers for each box");
    }
    return numbers;
  }

  private static void collect(Optional<Tree> tree, List<Double> numbers) {
    tree.filter(Tree::isArray)
        .ifPresent(array -> array.items().forEach(item -> collect(Optional.of(item), numbers)));
    tree.flatMap(Tree::asDouble).ifPresent(numbers::add);
  }
}
