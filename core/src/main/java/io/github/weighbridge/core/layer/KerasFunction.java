package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of {@code keras.ops}: to which types its operands are brought, and which operations
 * compute it.
 *
 * @param promotion the types of the operands
 * @param form the operations
 */
public record KerasFunction(Promotion promotion, Form form) {

  /** To which types operands are brought before the function is computed. */
  public enum Promotion {
    /** They stay. */
    NONE,
    /** One type for all, as Keras 3 promotes them. */
    COMMON,
    /** One floating-point type for all: division. */
    FLOATING,
    /** Booleans: all but zero is true. */
    BOOLEAN,
    /** A boolean, then one type for the others: {@code where}. */
    CHOICE
  }

  /** Operations, each on the result of the one before; the first takes every operand. */
  @FunctionalInterface
  public interface Form {
    /** The operations of a call, for operands of these types. */
    List<Operation> operations(Call call, List<TensorType> operands);
  }

  /**
   * What a function is called with.
   *
   * @param arguments its static arguments
   * @param operands the type of each operand, null for plain numbers
   * @param numbers the plain numbers among the operands, null for tensors
   * @param literals positional arguments that are neither: slices
   */
  public record Call(
      Tree.Obj arguments,
      List<@Nullable TensorType> operands,
      List<@Nullable Tree> numbers,
      List<Tree> literals) {
    /** Copies the lists. */
    public Call {
      operands = Collections.unmodifiableList(new ArrayList<>(operands));
      numbers = Collections.unmodifiableList(new ArrayList<>(numbers));
      literals = List.copyOf(literals);
    }
  }

  /** The type to which each operand is brought. */
  public List<DataType> operandTypes(Call call) {
    int choice = promotion == Promotion.CHOICE ? 1 : 0;
    DataType common = common(call, choice);
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < call.operands().size(); i++) {
      TensorType own = call.operands().get(i);
      types.add(
          switch (promotion) {
            case NONE -> own == null ? common : own.dtype();
            case COMMON -> common;
            case FLOATING -> common.isFloating() ? common : DataType.FLOAT32;
            case BOOLEAN -> DataType.BOOL;
            case CHOICE -> i < choice ? DataType.BOOL : common;
          });
    }
    return types;
  }

  /** The type of operands together, by the rules of Keras 3: numbers yield to tensors. */
  private static DataType common(Call call, int from) {
    DataType common = null;
    for (TensorType type : call.operands().subList(from, call.operands().size())) {
      if (type != null) {
        common = common == null ? type.dtype() : promoted(common, type.dtype());
      }
    }
    for (Tree number : call.numbers().subList(from, call.numbers().size())) {
      if (number != null) {
        DataType own = ofNumber(number);
        common = common == null || rank(own) > rank(common) ? own : common;
      }
    }
    return common == null ? DataType.FLOAT32 : common;
  }

  private static DataType ofNumber(Tree number) {
    if (number.asBoolean().isPresent()) {
      return DataType.BOOL;
    }
    boolean whole = number instanceof Tree.Leaf leaf && leaf.value() instanceof Long;
    return whole ? DataType.INT32 : DataType.FLOAT32;
  }

  /** The type of two operands together, by the rules of Keras 3. */
  static DataType promoted(DataType a, DataType b) {
    if (a == b || rank(a) > rank(b)) {
      return a;
    }
    if (rank(b) > rank(a)) {
      return b;
    }
    if (rank(a) == 2 && a.byteSize() == b.byteSize()) {
      // float16 and bfloat16.
      return DataType.FLOAT32;
    }
    return a.byteSize() >= b.byteSize() ? a : b;
  }

  /** Booleans yield to whole numbers, those to floating-point ones. */
  private static int rank(DataType type) {
    return type == DataType.BOOL ? 0 : type.isFloating() ? 2 : 1;
  }
}
