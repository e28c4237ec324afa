"""Damaged model_config of whole-model .h5 files, made from a chain of three Dense layers (5 -> 7 -> 4 -> 3)."""

import numpy as np

from damage.spoiled import Spoiled, changed_json, hdf5_edit, layer_of


def config(good, change):
    """Changes the parsed model_config."""

    def rewrite(file):
        file.attrs["model_config"] = changed_json(file.attrs["model_config"], change)

    return hdf5_edit(good, rewrite)


def config_text(good, text_of):
    """Puts another text in the place of model_config."""

    def rewrite(file):
        file.attrs["model_config"] = text_of(file.attrs["model_config"])

    return hdf5_edit(good, rewrite)


def set_key(layer, key, value):
    return lambda root: layer_of(root, layer)["config"].__setitem__(key, value)


def drop_key(layer, key):
    return lambda root: layer_of(root, layer)["config"].pop(key)


def source_of(layer, value):
    return lambda root: layer_of(root, layer).__setitem__("inbound_nodes", value)


def renamed_class(root):
    layer_of(root, "dense_1")["class_name"] = "Denze"


def same_name_twice(root):
    """dense_2 takes the name of the layer that it reads from."""
    last = layer_of(root, "dense_2")
    last["name"] = last["config"]["name"] = "dense_1"
    root["config"]["output_layers"] = [["dense_1", 0, 0]]


def no_such_output(root):
    root["config"]["output_layers"] = [["nowhere", 0, 0]]


def files(good):
    broken = "Malformed: model_config is no JSON object (position, what was found)."
    key = "Malformed: config key (layer, key, what was found, what is expected)."
    graph = "Malformed: graph (layer, reference, what is known)."
    deep = "[" * 15000 + "]" * 15000
    return [
        Spoiled(
            "missing_model_config.h5",
            "No model_config: a file of weights only.",
            "Refused: no architecture in the file; give it beside with its weights.",
            hdf5_edit(good, lambda f: f.attrs.__delitem__("model_config")),
        ),
        Spoiled(
            "truncated_model_config.h5",
            "The first half of model_config.",
            broken,
            config_text(good, lambda text: text[: len(text) // 2]),
        ),
        Spoiled("empty_model_config.h5", "An empty model_config.", broken, config_text(good, lambda text: "")),
        Spoiled(
            "list_model_config.h5",
            "A model_config that is a list.",
            broken,
            config_text(good, lambda text: "[1, 2, 3]"),
        ),
        Spoiled(
            "deep_model_config.h5",
            "A model_config of 15000 nested lists.",
            broken + " No stack overflow.",
            config_text(good, lambda text: deep),
        ),
        Spoiled(
            "bytes_model_config.h5",
            "A model_config that is not UTF-8.",
            broken,
            hdf5_edit(good, lambda f: f.attrs.__setitem__("model_config", np.bytes_(b"\xff\xfe{\x80}"))),
        ),
        Spoiled(
            "unknown_layer.h5",
            "A layer of class 'Denze'.",
            "Unsupported: unknown layer class (layer, class, nearest known).",
            config(good, renamed_class),
        ),
        Spoiled(
            "unknown_key.h5",
            "A Dense with spectral_gain 0.5.",
            "Unsupported: unknown key with a value that is not neutral (layer, key, value; --allow-key).",
            config(good, set_key("dense_1", "spectral_gain", 0.5)),
        ),
        Spoiled("missing_key.h5", "A Dense without units.", key, config(good, drop_key("dense_1", "units"))),
        Spoiled("text_key.h5", "A Dense with units 'seven'.", key, config(good, set_key("dense_1", "units", "seven"))),
        Spoiled("negative_key.h5", "A Dense with units -4.", key, config(good, set_key("dense_1", "units", -4))),
        Spoiled(
            "huge_key.h5",
            "A Dense with units 2^62.",
            key + " Or the weight's shape.",
            config(good, set_key("dense_1", "units", 2**62)),
        ),
        Spoiled(
            "fraction_key.h5",
            "A Dense with units 4.5 (Keras 2 rounds down).",
            key,
            config(good, set_key("dense_1", "units", 4.5)),
        ),
        Spoiled(
            "unknown_function.h5",
            "A Dense with the activation 'zigzag'.",
            "Unsupported: unknown activation (layer, name, what is known).",
            config(good, set_key("dense_1", "activation", "zigzag")),
        ),
        Spoiled(
            "no_layers.h5",
            "A config without layers.",
            broken[:-1] + ", or a missing key.",
            config(good, lambda root: root["config"].pop("layers")),
        ),
        Spoiled(
            "dangling_source.h5",
            "A layer that reads from a layer that is not there.",
            graph,
            config(good, source_of("dense_1", [[["nowhere", 0, 0, {}]]])),
        ),
        Spoiled(
            "dangling_node.h5",
            "A layer that reads the third call of a layer that is called once.",
            graph,
            config(good, source_of("dense_1", [[["dense", 2, 0, {}]]])),
        ),
        Spoiled(
            "dangling_tensor.h5",
            "A layer that reads the second output of a Dense.",
            graph,
            config(good, source_of("dense_1", [[["dense", 0, 1, {}]]])),
        ),
        Spoiled(
            "dangling_output.h5", "output_layers names a layer that is not there.", graph, config(good, no_such_output)
        ),
        Spoiled(
            "cycle.h5",
            "Two layers that read from each other.",
            graph,
            config(good, source_of("dense", [[["dense_1", 0, 0, {}]]])),
        ),
        Spoiled(
            "same_name_twice.h5",
            "Two layers of one name.",
            "Malformed: layer name not unique (name).",
            config(good, same_name_twice),
        ),
    ]
