"""Lists the classes of the Keras that runs this with the keys of their configurations: what may be written into its files.

    python testdata/scripts/class_keys.py formats/src/main/resources/io/github/weighbridge/formats/keras/dialect/keras_3_15.txt

One class a line: module, class name, keys in Keras's order. Of functions of keras.ops also the arguments of a call,
behind a bar.
"""

import inspect
import json
import sys

import keras

import layer_configs

KERAS_2 = keras.__version__.startswith("2.")


def parameters(of):
    """The arguments that a class is made with."""
    return [p for p in inspect.signature(of.__init__).parameters if p not in ("self", "args", "kwargs")]


def layers():
    """What a layer writes, then what else it can be given, as some keys are written only where they matter."""
    classes = dict(layer_configs.classes())
    for layer in layer_configs.configurations():
        keys = list(layer["config"])
        made = classes.get(layer["class_name"]) or getattr(keras.layers, layer["class_name"])
        keys += [key for key in parameters(made) if key not in keys]
        if KERAS_2 and issubclass(made, keras.layers.RNN):
            # Taken from keyword arguments, and written where it is true.
            keys.append("zero_output_for_mask")
        yield layer["module"], layer["class_name"], keys


def objects(module, base):
    """What layers hold: initializers, regularizers and constraints."""
    named = {
        v for v in vars(module).values() if inspect.isclass(v) and issubclass(v, base) and v is not base
    }
    for each in sorted(named, key=lambda c: c.__name__):
        yield "keras." + module.__name__.rsplit(".", 1)[-1], each.__name__, parameters(each)


def operations():
    """Functions of keras.ops, as nodes of a functional model."""
    import importlib
    import pkgutil

    import keras.src.ops
    from keras.src.ops.operation import Operation

    for module in pkgutil.iter_modules(keras.src.ops.__path__, "keras.src.ops."):
        if module.name.endswith("_test"):
            continue
        for name, each in sorted(vars(importlib.import_module(module.name)).items()):
            own = inspect.isclass(each) and issubclass(each, Operation) and each.__module__ == module.name
            if own and each is not Operation:
                keys = [key for key in parameters(each) if key != "name"]
                call = [key for key in inspect.signature(each.call).parameters if key != "self"]
                yield module.name, name, keys + ["|"] + call


def lines():
    yield from layers()
    for module, base in (
        (keras.initializers, keras.initializers.Initializer),
        (keras.regularizers, keras.regularizers.Regularizer),
        (keras.constraints, keras.constraints.Constraint),
    ):
        yield from objects(module, base)
    if not KERAS_2:
        yield from operations()


if __name__ == "__main__":
    with open(sys.argv[1], "w") as target:
        for module, name, keys in lines():
            target.write(" ".join([module, name] + keys) + "\n")
