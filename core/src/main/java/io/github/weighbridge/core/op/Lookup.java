package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks each element up in a table. Operand: {@code x}, of the keys' type.
 *
 * @param keys what is known; each once
 * @param values what stands for each key
 * @param otherwise what stands for everything else, one label; null where everything must be a key
 */
public record Lookup(Labels keys, Labels values, @Nullable Labels otherwise)
    implements TextOperation {

  /** Strings or whole numbers. */
  public sealed interface Labels {

    /** How many there are. */
    int size();

    /** STRING or INT64. */
    DataType dtype();

    /** The label at a position, a String or a Long. */
    Object get(int index);
  }

  /** Strings. */
  public record Words(List<String> words) implements Labels {

    /** Copies the list. */
    public Words {
      words = List.copyOf(words);
    }

    @Override
    public int size() {
      return words.size();
    }

    @Override
    public DataType dtype() {
      return DataType.STRING;
    }

    @Override
    public Object get(int index) {
      return words.get(index);
    }

    @Override
    public String toString() {
      return size() == 1 ? "'" + words.get(0) + "'" : size() + " words";
    }
  }

  /** Whole numbers. */
  public record Numbers(List<Long> numbers) implements Labels {

    /** Copies the list. */
    public Numbers {
      numbers = List.copyOf(numbers);
    }

    @Override
    public int size() {
      return numbers.size();
    }

    @Override
    public DataType dtype() {
      return DataType.INT64;
    }

    @Override
    public Object get(int index) {
      return numbers.get(index);
    }

    @Override
    public String toString() {
      return size() == 1 ? String.valueOf(numbers.get(0)) : size() + " numbers";
    }
  }

  /** Refuses a table whose columns do not go together. */
  public Lookup {
    Operands.require(
        keys.size() == values.size(), keys.size() + " keys have " + values.size() + " values");
    Operands.require(
        otherwise == null || (otherwise.size() == 1 && otherwise.dtype() == values.dtype()),
        "one value of the values' type is needed for everything else, got " + otherwise);
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.require(
        x.dtype() == keys.dtype(), "the keys are of type " + keys.dtype() + ", the operand " + x);
    return List.of(x.withDtype(values.dtype()));
  }
}
