"""Models with registered layers that are not Keras's own: whoever has the layers taught can run them.

What a reader must do is open ("open": run, or refuse with problems); the outputs are recorded nevertheless.
"""

from case_writer import OPERATIONS_IN_H5, Case
from generation import keras, layers


@keras.saving.register_keras_serializable(package="Quarry")
class Balance(layers.Layer):
    """``|x| ** power * factor``, with the sign of x, and an offset if there is to be one. Masks pass."""

    def __init__(self, power, use_offset=True, **kwargs):
        super().__init__(**kwargs)
        self.power = power
        self.use_offset = use_offset
        self.supports_masking = True

    def build(self, input_shape):
        self.factor = self.add_weight(name="factor", shape=(input_shape[-1],))
        if self.use_offset:
            self.offset = self.add_weight(name="offset", shape=(input_shape[-1],))

    def call(self, inputs):
        size = inputs * (inputs * inputs) ** ((self.power - 1) / 2)
        return size * self.factor + self.offset if self.use_offset else size * self.factor

    def get_config(self):
        return {**super().get_config(), "power": self.power, "use_offset": self.use_offset}


def balanced():
    return keras.Sequential([keras.Input((5,)), layers.Dense(4), Balance(1.5, name="balance"), layers.Dense(2)])


def without_offset():
    return keras.Sequential([keras.Input((3, 5)), Balance(3.0, use_offset=False), layers.Dense(2)])


def masked():
    words = keras.Input((6,), dtype="int32")
    x = layers.Embedding(9, 3, mask_zero=True)(words)
    return keras.Model(words, layers.LSTM(4)(Balance(1.5)(x)))


def twice():
    inner_in = keras.Input((4,), name="inner_in")
    inner = keras.Model(inner_in, Balance(2.0)(inner_in), name="inner")
    shared = Balance(1.5, name="shared")
    x = keras.Input((4,))
    return keras.Model(x, [inner(shared(x)), shared(inner(x))])


def words(rng, batch):
    tokens = rng.integers(1, 9, (batch, 6))
    tokens[:, 4:] = 0
    return [tokens.astype("int32")]


def custom(name, why, build, **options):
    return Case(name, why, build, expect="open", h5=True, **options)


CASES = [
    custom("balance", "A registered layer with two weights and configuration keys of its own.", balanced),
    custom("balance_without_offset", "An option of a registered layer.", without_offset),
    custom("balance_masked", "A registered layer that passes its mask on to an LSTM.", masked,
           inputs=words, no_reload=OPERATIONS_IN_H5),
    custom("balance_shared", "A registered layer called twice, and another inside a nested model.", twice),
]
