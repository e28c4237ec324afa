"""Models that a reader must refuse to run: what they compute is code that stands outside the file's own vocabulary.

They can be inspected and listed. Only inputs are stored; there is nothing to compare with.
"""

from case_writer import Case
from generation import keras, layers


@keras.saving.register_keras_serializable(package="Quarry")
class Scale(layers.Layer):
    """A custom layer with one weight."""

    def build(self, input_shape):
        self.factor = self.add_weight(name="factor", shape=(input_shape[-1],))

    def call(self, inputs):
        return inputs * self.factor


@keras.saving.register_keras_serializable(package="Quarry")
def bent(x):
    """A custom activation."""
    return x * x


def bytecode(source):
    """A function from source text: what Keras stores of it then names no file of this machine."""
    return eval(compile(source, "<lambda>", "eval"))


def with_lambda():
    source = keras.Input((5,), name="x")
    doubled = layers.Lambda(bytecode("lambda value: value * 2.0"), output_shape=(4,), name="doubled")(
        layers.Dense(4)(source)
    )
    return keras.Model(source, layers.Dense(3)(doubled))


def with_nested_lambda():
    inner_in = keras.Input((4,), name="inner_in")
    inner = keras.Model(
        inner_in,
        layers.Lambda(bytecode("lambda value: -value"), output_shape=(4,), name="negated")(inner_in),
        name="inner",
    )
    return keras.Sequential([keras.Input((5,)), layers.Dense(4), inner])


def with_custom_layer():
    return keras.Sequential([keras.Input((5,)), layers.Dense(4), Scale(name="scaled"), layers.Dense(2)])


def with_custom_activation():
    return keras.Sequential([keras.Input((5,)), layers.Dense(4, activation=bent, name="bent_dense")])


def refused(name, why, build):
    return Case(name, why, build, expect="refuse", h5=True)


CASES = [
    refused("lambda", "A Lambda layer holds Python bytecode.", with_lambda),
    refused("nested_lambda", "A Lambda layer inside a nested model.", with_nested_lambda),
    refused("custom_layer", "A registered custom layer, class name 'Quarry>Scale'.", with_custom_layer),
    refused("custom_activation", "A registered custom function as an activation.", with_custom_activation),
]
