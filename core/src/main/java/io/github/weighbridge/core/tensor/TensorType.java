package io.github.weighbridge.core.tensor;

/** What is known of an array before its elements are: their type and the shape. */
public record TensorType(DataType dtype, Shape shape) {

  /** The type of arrays of known sizes. */
  public static TensorType of(DataType dtype, long... sizes) {
    return new TensorType(dtype, Shape.of(sizes));
  }

  /** How many dimensions there are. */
  public int rank() {
    return shape.rank();
  }

  /** This type with another shape. */
  public TensorType withShape(Shape newShape) {
    return new TensorType(dtype, newShape);
  }

  /** This type with another element type. */
  public TensorType withDtype(DataType newDtype) {
    return new TensorType(newDtype, shape);
  }

  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
