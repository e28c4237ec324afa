package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * To which type operands are brought, by the rules of Keras 3 (keras.backend.result_type): the
 * least type of a lattice above all of them. Python's numbers are weak: they lie below the types
 * that tensors of their kind have.
 */
public final class TypePromotion {

  /** A type of an operand: that of a tensor, or of a number of Python. */
  private enum Node {
    BOOL(DataType.BOOL),
    WEAK_INT(DataType.INT32),
    UINT8(DataType.UINT8),
    UINT16(DataType.UINT16),
    UINT32(DataType.UINT32),
    UINT64(DataType.UINT64),
    INT8(DataType.INT8),
    INT16(DataType.INT16),
    INT32(DataType.INT32),
    INT64(DataType.INT64),
    WEAK_FLOAT(DataType.FLOAT32),
    BFLOAT16(DataType.BFLOAT16),
    FLOAT16(DataType.FLOAT16),
    FLOAT32(DataType.FLOAT32),
    FLOAT64(DataType.FLOAT64);

    private final DataType dtype;

    Node(DataType dtype) {
      this.dtype = dtype;
    }
  }

  private static final Map<Node, Set<Node>> ABOVE = new EnumMap<>(Node.class);

  static {
    // From the top, so that what lies above a node is complete when it is copied.
    above(Node.FLOAT64);
    above(Node.FLOAT32, Node.FLOAT64);
    above(Node.FLOAT16, Node.FLOAT32);
    above(Node.BFLOAT16, Node.FLOAT32);
    above(Node.WEAK_FLOAT, Node.BFLOAT16, Node.FLOAT16);
    above(Node.INT64, Node.WEAK_FLOAT);
    above(Node.UINT64, Node.WEAK_FLOAT);
    above(Node.INT32, Node.INT64);
    above(Node.UINT32, Node.INT64, Node.UINT64);
    above(Node.INT16, Node.INT32);
    above(Node.UINT16, Node.INT32, Node.UINT32);
    above(Node.INT8, Node.INT16);
    above(Node.UINT8, Node.INT16, Node.UINT16);
    above(Node.WEAK_INT, Node.UINT8, Node.INT8);
    above(Node.BOOL, Node.WEAK_INT);
  }

  private static void above(Node node, Node... next) {
    Set<Node> above = EnumSet.of(node);
    for (Node higher : next) {
      above.addAll(ABOVE.getOrDefault(higher, Set.of()));
    }
    ABOVE.put(node, above);
  }

  private final List<Node> nodes = new ArrayList<>();

  /** The type of tensors together; that of tensors of one type is theirs. */
  public static DataType of(List<TensorType> tensors) {
    List<DataType> distinct = tensors.stream().map(TensorType::dtype).distinct().toList();
    TypePromotion promotion = new TypePromotion();
    if (distinct.size() > 1) {
      distinct.forEach(promotion::with);
    }
    return distinct.size() == 1 ? distinct.get(0) : promotion.result();
  }

  /** A tensor takes part. */
  public TypePromotion with(DataType dtype) {
    for (Node node : Node.values()) {
      if (node.dtype == dtype && node != Node.WEAK_INT && node != Node.WEAK_FLOAT) {
        nodes.add(node);
        return this;
      }
    }
    throw new IllegalArgumentException("no other type goes with " + dtype);
  }

  /** A whole number of Python takes part. */
  public TypePromotion withInt() {
    nodes.add(Node.WEAK_INT);
    return this;
  }

  /** A floating-point number of Python takes part. */
  public TypePromotion withFloat() {
    nodes.add(Node.WEAK_FLOAT);
    return this;
  }

  /** The type of all together; weak ones alone are of 32 bits. */
  public DataType result() {
    Set<Node> common = EnumSet.allOf(Node.class);
    nodes.forEach(node -> common.retainAll(ABOVE.getOrDefault(node, Set.of())));
    return common.stream()
        .filter(node -> ABOVE.getOrDefault(node, Set.of()).containsAll(common))
        .findFirst()
        .map(node -> node == Node.UINT64 ? DataType.UINT32 : node.dtype)
        .orElse(DataType.FLOAT32);
  }
}
