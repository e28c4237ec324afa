package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.AttributeMessage;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes of a group or dataset.
 *
 * <p>Values are decoded when asked for; asking for the wrong kind is a problem of the file, not of
 * the caller.
 */
public final class Hdf5Attributes {

  private static final String TEXT = "text";

  private final Hdf5File file;
  private final Place place;
  private final Map<String, AttributeMessage> messages;

  Hdf5Attributes(Hdf5File file, Place place, Map<String, AttributeMessage> messages) {
    this.file = file;
    this.place = place;
    this.messages = messages;
  }

  /** The names, in file order. */
  public Set<String> names() {
    return messages.keySet();
  }

  /** Whether there is one of that name. */
  public boolean has(String name) {
    return messages.containsKey(name);
  }

  /**
   * A single text, of whatever string kind.
   *
   * @throws io.github.weighbridge.core.problem.ProblemsException if it is not one text
   */
  public Optional<String> text(String name) {
    return value(name, TEXT, this::strings)
        .map(
            list -> {
              if (list.size() != 1) {
                throw wrong(name, "one " + TEXT, list.size() + " of them");
              }
              return list.get(0);
            });
  }

  /**
   * A list of texts: an array of strings, an empty array of any type (h5py writes an empty list as
   * float64), or, when no attribute has the name, the arrays with 0, 1, 2... behind the name joined
   * (Keras splits lists of more than 64,512 bytes).
   *
   * @throws io.github.weighbridge.core.problem.ProblemsException if it is something else
   */
  public Optional<List<String>> texts(String name) {
    if (has(name)) {
      return value(name, TEXT, this::strings);
    }
    if (!has(name + 0)) {
      return Optional.empty();
    }
    List<String> joined = new ArrayList<>();
    for (int i = 0; has(name + i); i++) {
      joined.addAll(value(name + i, TEXT, this::strings).orElseThrow());
    }
    return Optional.of(joined);
  }

  /**
   * A single number; whole ones as a long, others as a double.
   *
   * @throws io.github.weighbridge.core.problem.ProblemsException if it is something else
   */
  public Optional<Number> number(String name) {
    return value(name, "a number", this::numbers)
        .map(
            list -> {
              if (list.size() != 1) {
                throw wrong(name, "one number", list.size() + " of them");
              }
              return list.get(0);
            });
  }

  private interface Decoder<T> {
    /** The values, or empty if the type is another one. */
    Optional<List<T>> decode(AttributeMessage message);
  }

  private <T> Optional<List<T>> value(String name, String kind, Decoder<T> decoder) {
    AttributeMessage message = messages.get(name);
    if (message == null) {
      return Optional.empty();
    }
    Place at = at(name);
    return Optional.of(
        Guarded.read(
            at,
            "a value",
            () -> {
              if (message.getDataSpace().getTotalLength() == 0) {
                return List.of();
              }
              return decoder
                  .decode(message)
                  .orElseThrow(() -> wrong(name, kind, words(message.getDataType())));
            }));
  }

  private static String words(DataType type) {
    if (type instanceof FixedPoint) {
      return "whole numbers";
    }
    if (type instanceof FloatingPoint) {
      return "floating-point numbers";
    }
    return type instanceof StringData || type instanceof VariableLength ? "text" : "another type";
  }

  private Optional<List<String>> strings(AttributeMessage message) {
    DataType type = message.getDataType();
    ByteBuffer data = message.getDataBuffer();
    int count = Math.toIntExact(message.getDataSpace().getTotalLength());
    if (type instanceof StringData fixed) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ByteBuffer bytes = data.slice(Math.multiplyExact(i, fixed.getSize()), fixed.getSize());
        texts.add(
            switch (fixed.getPaddingType()) {
              case NULL_TERMINATED -> StringBytes.at(bytes, 0);
              case NULL_PADDED -> StringBytes.padded(bytes, (byte) 0);
              case SPACE_PADDED -> StringBytes.padded(bytes, (byte) ' ');
            });
      }
      return Optional.of(texts);
    }
    if (type instanceof VariableLength variable && variable.isVariableLengthString()) {
      List<String> texts = new ArrayList<>();
      ByteBuffer ids = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).rewind();
      for (int i = 0; i < count; i++) {
        texts.add(file.heapString(ids));
      }
      return Optional.of(texts);
    }
    return Optional.empty();
  }

  private Optional<List<Number>> numbers(AttributeMessage message) {
    DataType type = message.getDataType();
    if (!(type instanceof FixedPoint || type instanceof FloatingPoint)) {
      return Optional.empty();
    }
    int count = Math.toIntExact(message.getDataSpace().getTotalLength());
    Object values = type.fillData(message.getDataBuffer(), new int[] {count}, file.storage());
    List<Number> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Number number = (Number) Array.get(values, i);
      numbers.add(type instanceof FixedPoint ? (Number) number.longValue() : number.doubleValue());
    }
    return Optional.of(numbers);
  }

  private ProblemsException wrong(String name, String wanted, String found) {
    return ProblemsException.of(
        ProblemCode.FILE_MALFORMED,
        at(name),
        "must be " + wanted,
        found,
        "save the file again with Keras");
  }

  private Place at(String name) {
    return place.withKey(place.key() + "@" + name);
  }
}
