package io.github.weighbridge.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathNamesTest {

  @Test
  void pathsNameClasses() {
    assertThat(PathNames.snakeCase("Conv2DTranspose")).isEqualTo("conv2d_transpose");
    assertThat(PathNames.snakeCase("GlobalAveragePooling2D")).isEqualTo("global_average_pooling2d");
    assertThat(PathNames.snakeCase("PReLU")).isEqualTo("p_re_lu");
    assertThat(PathNames.snakeCase("SimpleRNN")).isEqualTo("simple_rnn");
    assertThat(PathNames.snakeCase("LSTM")).isEqualTo("lstm");
    assertThat(PathNames.snakeCase("Shop>UpScale")).isEqualTo("up_scale");
  }

  @Test
  void countsFromTheSecondOn() {
    PathNames names = new PathNames();

    assertThat(names.next("Dense")).isEqualTo("dense");
    assertThat(names.next("GroupQueryAttention")).isEqualTo("grouped_query_attention");
    assertThat(names.next("Dense")).isEqualTo("dense_1");
  }
}
