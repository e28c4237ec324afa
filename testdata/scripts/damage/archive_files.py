"""Damaged .keras archives, made from a chain of three Dense layers (5 -> 7 -> 4 -> 3)."""

import json

import h5py
import numpy as np

from damage.spoiled import (
    Spoiled,
    changed_json,
    edited_hdf5,
    entries_of,
    flipped,
    layer_of,
    link_instead,
    replaced,
    stored_outside,
    zipped,
)

CONFIG, WEIGHTS, METADATA = "config.json", "model.weights.h5", "metadata.json"
VARS = "layers/dense_1/vars"  # the group that holds 0 (7, 4) and 1 (4,)
BOMB = 96 * 1024 * 1024


def without(good, name):
    return lambda: zipped([entry for entry in entries_of(good) if entry[0] != name])


def exchanged(good, name, content_of, deflated=()):
    """Puts another content in the place of one entry's."""

    def make():
        return zipped([(n, content_of(c) if n == name else c) for n, c in entries_of(good)], deflated)

    return make


def added(good, name, content=b"not yours\n", deflated=(), first=False):
    def make():
        entries, more = entries_of(good), [(name, content)]
        return zipped(more + entries if first else entries + more, deflated)

    return make


def config(good, change):
    return exchanged(good, CONFIG, lambda text: changed_json(text, change).encode())


def weights(good, change):
    return exchanged(good, WEIGHTS, lambda data: edited_hdf5(data, change))


def set_key(layer, key, value):
    return lambda root: layer_of(root, layer)["config"].__setitem__(key, value)


def renamed_class(root):
    layer_of(root, "dense_1")["class_name"] = "Denze"


def extra_layer(file):
    file["layers"].create_dataset("dense_7/vars/0", data=np.ones((2, 3), "float32"))


def link_to_spare(file):
    """The link would lead to a dataset of the right shape: following it would go unseen."""
    file.create_dataset("spare", data=np.ones(4, "float32"))
    link_instead(file[VARS], "1", h5py.SoftLink("/spare"))


def wrong_checksum(good):
    """One letter of config.json changed in place, its CRC left as it was."""
    position = good.index(b'"relu"')
    return good[:position] + b'"tanh"' + good[position + 6 :]


def wrong_size(good):
    """A central directory that says config.json is 4 GB less 2 long."""
    spoiled = bytearray(good)
    entry = good.index(b"PK\x01\x02")
    while good[entry + 46 : entry + 46 + len(CONFIG)] != CONFIG.encode():
        entry = good.index(b"PK\x01\x02", entry + 4)
    spoiled[entry + 20 : entry + 28] = b"\xfe\xff\xff\xff" * 2
    return bytes(spoiled)


def archives(good):
    broken = "Malformed: not a readable zip (what was found)."
    missing = "Malformed: entry missing (name)."
    path = "Refused: unsafe entry name (name)."
    bomb = "Refused: entry expands beyond the limit (name, compressed size, limit)."
    size = len(good)
    return [
        Spoiled("empty.keras", "An empty file.", broken, lambda: b""),
        Spoiled("not_zip.keras", "Plain text.", broken, lambda: b"This is not an archive.\n" * 40),
        Spoiled("truncated_half.keras", "The first half.", broken, lambda: good[: size // 2]),
        Spoiled("truncated_directory.keras", "The central directory is cut.", broken, lambda: good[: size - 40]),
        Spoiled("truncated_last_byte.keras", "All but the last byte.", broken, lambda: good[:-1]),
        Spoiled("missing_config.keras", "No config.json.", missing, without(good, CONFIG)),
        Spoiled("missing_weights.keras", "No model.weights.h5.", missing, without(good, WEIGHTS)),
        Spoiled(
            "missing_metadata.keras",
            "No metadata.json: the generation is unknown.",
            missing + " Or read with a warning, the config's form tells the generation.",
            without(good, METADATA),
        ),
        Spoiled("path_traversal.keras", "An entry '../../evil.txt'.", path, added(good, "../../evil.txt")),
        Spoiled(
            "path_traversal_first.keras",
            "The same as first entry, under assets.",
            path,
            added(good, "assets/../../evil.txt", first=True),
        ),
        Spoiled("path_backslash.keras", "An entry with backslashes.", path, added(good, "..\\..\\evil.txt")),
        Spoiled("path_absolute.keras", "An entry with an absolute name.", path, added(good, "/evil.txt")),
        Spoiled(
            "bomb_asset.keras",
            "An asset of 96 MB of zeros in 96 kB.",
            bomb + " Or read, the asset never opened.",
            added(good, "assets/layers/zeros.bin", bytes(BOMB), ("assets/layers/zeros.bin",)),
        ),
        Spoiled(
            "bomb_config.keras",
            "A config.json with 96 MB of blanks behind.",
            bomb,
            exchanged(good, CONFIG, lambda text: text + b" " * BOMB, (CONFIG,)),
        ),
        Spoiled(
            "two_configs.keras",
            "config.json twice, the second of another model.",
            "Malformed: entry twice (name).",
            added(good, CONFIG, b'{"class_name": "Sequential"}'),
        ),
        Spoiled(
            "wrong_checksum.keras",
            "config.json changed, its CRC not.",
            broken + " Checksum of the entry.",
            lambda: wrong_checksum(good),
        ),
        Spoiled("wrong_size.keras", "The directory says config.json has 4 GB.", broken, lambda: wrong_size(good)),
    ]


def configs(good):
    broken = "Malformed: config.json is no JSON object (position, what was found)."
    deep = b"[" * 60000 + b"]" * 60000
    return [
        Spoiled(
            "truncated_config.keras",
            "The first half of config.json.",
            broken,
            exchanged(good, CONFIG, lambda text: text[: len(text) // 2]),
        ),
        Spoiled(
            "not_json_config.keras",
            "A config.json that is YAML.",
            broken,
            exchanged(good, CONFIG, lambda text: b"class_name: Sequential\n"),
        ),
        Spoiled(
            "list_config.keras",
            "A config.json that is a list.",
            broken,
            exchanged(good, CONFIG, lambda text: b"[1, 2, 3]"),
        ),
        Spoiled(
            "deep_config.keras",
            "60000 nested lists.",
            broken + " No stack overflow.",
            exchanged(good, CONFIG, lambda text: deep, (CONFIG,)),
        ),
        Spoiled(
            "bytes_config.keras",
            "A config.json that is not UTF-8.",
            broken,
            exchanged(good, CONFIG, lambda text: b"\xff\xfe{\x80}"),
        ),
        Spoiled(
            "unknown_layer.keras",
            "A layer of class 'Denze'.",
            "Unsupported: unknown layer class (layer, class, nearest known).",
            config(good, renamed_class),
        ),
        Spoiled(
            "unknown_key.keras",
            "A Dense with spectral_gain 0.5.",
            "Unsupported: unknown key with a value that is not neutral (layer, key, value; --allow-key).",
            config(good, set_key("dense_1", "spectral_gain", 0.5)),
        ),
        Spoiled(
            "text_key.keras",
            "A Dense with units 'seven'.",
            "Malformed: config key (layer, key, what was found, what is expected).",
            config(good, set_key("dense_1", "units", "seven")),
        ),
        Spoiled(
            "unknown_function.keras",
            "A Dense with the activation 'zigzag'.",
            "Unsupported: unknown activation (layer, name, what is known).",
            config(good, set_key("dense_1", "activation", "zigzag")),
        ),
        Spoiled(
            "broken_metadata.keras",
            "A metadata.json that is cut.",
            "Malformed: metadata.json is no JSON object.",
            exchanged(good, METADATA, lambda text: text[:9]),
        ),
        Spoiled(
            "unknown_version.keras",
            "keras_version '9.0.0'.",
            "Unsupported: a generation that is not known; or read with a warning.",
            exchanged(good, METADATA, lambda text: json.dumps({**json.loads(text), "keras_version": "9.0.0"}).encode()),
        ),
    ]


def inner_weights(good):
    shape = "Malformed: weight shape (layer, weight, shape found, shape expected)."
    link = "Refused: links are not followed (layer, dataset, target of the link)."
    count = "Malformed: number of weights of a layer (layer, found, expected)."
    return [
        Spoiled(
            "not_hdf5_weights.keras",
            "model.weights.h5 is text.",
            "Malformed: not an HDF5 file (entry).",
            exchanged(good, WEIGHTS, lambda data: b"no weights\n" * 40),
        ),
        Spoiled(
            "truncated_weights.keras",
            "The first half of model.weights.h5.",
            "Malformed: file is truncated (entry, sizes).",
            exchanged(good, WEIGHTS, lambda data: data[: len(data) // 2]),
        ),
        Spoiled(
            "missing_weight.keras",
            "A layer without its bias.",
            count,
            weights(good, lambda f: f[VARS].__delitem__("1")),
        ),
        Spoiled(
            "missing_kernel.keras",
            "A layer whose variables begin with 1.",
            count,
            weights(good, lambda f: f[VARS].__delitem__("0")),
        ),
        Spoiled(
            "missing_layer_group.keras",
            "A layer without its group.",
            "Malformed: missing group (layer, path).",
            weights(good, lambda f: f["layers"].__delitem__("dense_1")),
        ),
        Spoiled(
            "extra_weight.keras",
            "A third variable of a Dense.",
            count,
            weights(good, lambda f: f[VARS].create_dataset("2", data=np.ones(4, "float32"))),
        ),
        Spoiled(
            "extra_layer.keras",
            "Variables of a layer that the config does not have.",
            "Malformed: weights of an unknown layer (path).",
            weights(good, extra_layer),
        ),
        Spoiled(
            "wrong_shape.keras",
            "A kernel of (7, 6) where (7, 4) is expected.",
            shape,
            weights(good, lambda f: replaced(f[VARS], "0", np.ones((7, 6), "float32"))),
        ),
        Spoiled(
            "wrong_shape_transposed.keras",
            "A kernel of (4, 7) where (7, 4) is expected.",
            shape,
            weights(good, lambda f: replaced(f[VARS], "0", np.ones((4, 7), "float32"))),
        ),
        Spoiled(
            "wrong_dtype_text.keras",
            "A kernel of texts.",
            "Malformed: weight dtype (layer, weight, dtype found).",
            weights(good, lambda f: replaced(f[VARS], "0", np.full((7, 4), b"1.5", "S3"))),
        ),
        Spoiled(
            "external_link.keras",
            "An external link in place of a kernel.",
            link,
            weights(good, lambda f: link_instead(f[VARS], "0", h5py.ExternalLink("elsewhere.h5", "/kernel"))),
        ),
        Spoiled(
            "soft_link.keras",
            "A soft link in place of a bias, to another dataset of the same shape.",
            link,
            weights(good, link_to_spare),
        ),
        Spoiled(
            "external_storage.keras",
            "A kernel whose bytes stand in another file.",
            "Refused: external storage is not followed (layer, dataset, file named).",
            weights(good, lambda f: stored_outside(f[VARS], "0", "outside.bin")),
        ),
    ]


def random_bytes(good):
    report = "Any problem, or read as it stands where the bytes did no harm; never an internal error."
    return [
        Spoiled(
            f"flipped_{seed}.keras",
            "One random byte changed.",
            report,
            lambda seed=seed: flipped(good, 100 + seed, count=1),
        )
        for seed in range(6)
    ]


def files(good):
    """All damaged forms of one good archive."""
    return archives(good) + configs(good) + inner_weights(good) + random_bytes(good)
