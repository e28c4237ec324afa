package io.github.weighbridge.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.weighbridge.core.tensor.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keras.backend.result_type of Keras 3.15 on TensorFlow says of two types. */
class TypePromotionTest {

  @ParameterizedTest
  @CsvSource({
    "bool, bool, bool",
    "bool, int, int32",
    "bool, uint8, uint8",
    "bool, uint16, uint16",
    "bool, uint32, uint32",
    "bool, uint64, uint32",
    "bool, int8, int8",
    "bool, int16, int16",
    "bool, int32, int32",
    "bool, int64, int64",
    "bool, float, float32",
    "bool, bfloat16, bfloat16",
    "bool, float16, float16",
    "bool, float32, float32",
    "bool, float64, float64",
    "int, int, int32",
    "int, uint8, uint8",
    "int, uint16, uint16",
    "int, uint32, uint32",
    "int, uint64, uint32",
    "int, int8, int8",
    "int, int16, int16",
    "int, int32, int32",
    "int, int64, int64",
    "int, float, float32",
    "int, bfloat16, bfloat16",
    "int, float16, float16",
    "int, float32, float32",
    "int, float64, float64",
    "uint8, uint8, uint8",
    "uint8, uint16, uint16",
    "uint8, uint32, uint32",
    "uint8, uint64, uint32",
    "uint8, int8, int16",
    "uint8, int16, int16",
    "uint8, int32, int32",
    "uint8, int64, int64",
    "uint8, float, float32",
    "uint8, bfloat16, bfloat16",
    "uint8, float16, float16",
    "uint8, float32, float32",
    "uint8, float64, float64",
    "uint16, uint16, uint16",
    "uint16, uint32, uint32",
    "uint16, uint64, uint32",
    "uint16, int8, int32",
    "uint16, int16, int32",
    "uint16, int32, int32",
    "uint16, int64, int64",
    "uint16, float, float32",
    "uint16, bfloat16, bfloat16",
    "uint16, float16, float16",
    "uint16, float32, float32",
    "uint16, float64, float64",
    "uint32, uint32, uint32",
    "uint32, uint64, uint32",
    "uint32, int8, int64",
    "uint32, int16, int64",
    "uint32, int32, int64",
    "uint32, int64, int64",
    "uint32, float, float32",
    "uint32, bfloat16, bfloat16",
    "uint32, float16, float16",
    "uint32, float32, float32",
    "uint32, float64, float64",
    "uint64, uint64, uint32",
    "uint64, int8, float32",
    "uint64, int16, float32",
    "uint64, int32, float32",
    "uint64, int64, float32",
    "uint64, float, float32",
    "uint64, bfloat16, bfloat16",
    "uint64, float16, float16",
    "uint64, float32, float32",
    "uint64, float64, float64",
    "int8, int8, int8",
    "int8, int16, int16",
    "int8, int32, int32",
    "int8, int64, int64",
    "int8, float, float32",
    "int8, bfloat16, bfloat16",
    "int8, float16, float16",
    "int8, float32, float32",
    "int8, float64, float64",
    "int16, int16, int16",
    "int16, int32, int32",
    "int16, int64, int64",
    "int16, float, float32",
    "int16, bfloat16, bfloat16",
    "int16, float16, float16",
    "int16, float32, float32",
    "int16, float64, float64",
    "int32, int32, int32",
    "int32, int64, int64",
    "int32, float, float32",
    "int32, bfloat16, bfloat16",
    "int32, float16, float16",
    "int32, float32, float32",
    "int32, float64, float64",
    "int64, int64, int64",
    "int64, float, float32",
    "int64, bfloat16, bfloat16",
    "int64, float16, float16",
    "int64, float32, float32",
    "int64, float64, float64",
    "float, float, float32",
    "float, bfloat16, bfloat16",
    "float, float16, float16",
    "float, float32, float32",
    "float, float64, float64",
    "bfloat16, bfloat16, bfloat16",
    "bfloat16, float16, float32",
    "bfloat16, float32, float32",
    "bfloat16, float64, float64",
    "float16, float16, float16",
    "float16, float32, float32",
    "float16, float64, float64",
    "float32, float32, float32",
    "float32, float64, float64",
    "float64, float64, float64"
  })
  void ofTwo(String first, String second, String expected) {
    TypePromotion promotion = new TypePromotion();
    take(promotion, first);
    take(promotion, second);
    assertThat(promotion.result().kerasName()).isEqualTo(expected);
  }

  private static void take(TypePromotion promotion, String type) {
    switch (type) {
      case "int" -> promotion.withInt();
      case "float" -> promotion.withFloat();
      default -> promotion.with(DataType.ofKerasName(type).orElseThrow());
    }
  }

  @Test
  void nothingGoesWithTexts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TypePromotion().with(DataType.STRING))
        .withMessage("no other type goes with string");
  }
}
