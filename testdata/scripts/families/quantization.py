"""Quantised layers: int8, int4 (per channel and in groups), float8, GPTQ and AWQ."""

import io
import zipfile

import h5py
import numpy as np

from building import functional, integers, masked_tokens
from case_writer import Case
from generation import KERAS2, keras, layers

if not KERAS2:
    from keras.quantizers import (
        AbsMaxQuantizer,
        Int4QuantizationConfig,
        Int8QuantizationConfig,
    )


def quantized(mode=None, **config):
    """A ``prepare`` function: quantises the random weights."""

    def prepare(model):
        if mode == "int4":
            model.quantize(config=Int4QuantizationConfig(**config))
        elif config:
            model.quantize(config=Int8QuantizationConfig(**config))
        else:
            model.quantize(mode)

    return prepare


def float8():
    """A policy that remembers little, to keep files small."""
    return keras.dtype_policies.QuantizedFloat8DTypePolicy("float8", "float32", amax_history_length=4)


def float8_scales(model):
    """Scales as training would have left them: not 1, and none that hides the rounding."""
    for layer in model.layers:
        if hasattr(layer, "inputs_scale"):
            layer.inputs_scale.assign(0.013)
            layer.kernel_scale.assign(0.0021)


def random_int8(model):
    """A ``prepare`` function: whole numbers and scales for layers that were quantised from the start."""
    rng = np.random.default_rng(5)
    for weight in model.weights:
        if weight.dtype == "int8":
            weight.assign(rng.integers(-127, 128, weight.shape))
        elif "scale" in weight.name:
            weight.assign(rng.uniform(90, 200, weight.shape))


def zero_points(shape, bits):
    return (np.arange(np.prod(shape)) * 7 % 2**bits).reshape(shape).astype("uint8")


def with_zero_points(bits):
    """A ``rewrite`` function: Keras 3.15.1 forgets to write the zero points of GPTQ and AWQ, and looks for them."""

    def rewrite(file):
        with zipfile.ZipFile(file) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        weights = io.BytesIO(parts["model.weights.h5"])
        with h5py.File(weights, "a") as store:
            for group in store["layers"].values():
                stored = group.get("vars", {})
                names = sorted(stored, key=int)
                kernels = [int(name) for name in names if stored[name].dtype == "uint8"]
                if not kernels:
                    continue
                scale = kernels[0] + 1
                for place in range(len(names) - 1, scale, -1):
                    stored.move(str(place), str(place + 1))
                stored[str(scale + 1)] = zero_points(stored[str(scale)].shape, bits)
        parts["model.weights.h5"] = weights.getvalue()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in parts.items():
                archive.writestr(zipfile.ZipInfo(name), content)

    return rewrite


def calibrated(model):
    """A ``prepare`` function: what calibrating writes, without the search for the best numbers."""
    rng = np.random.default_rng(11)
    for layer in model.layers:
        if not hasattr(layer, "quantized_kernel"):
            continue
        bits = getattr(layer.dtype_policy, "weight_bits", 4)
        size = layer.dtype_policy.group_size
        rows = layer.g_idx.shape[0]
        layer.quantized_kernel.assign(rng.integers(0, 256 if bits == 4 else 2**bits, layer.quantized_kernel.shape))
        layer.kernel_scale.assign(rng.uniform(0.02, 0.09, layer.kernel_scale.shape) * 15 / (2**bits - 1))
        layer.kernel_zero.assign(zero_points(layer.kernel_zero.shape, bits))
        groups = np.zeros(rows) if size == -1 else np.arange(rows) // size
        # Ordered by what activates most, as activation_order does.
        layer.g_idx.assign(rng.permutation(groups))
        if hasattr(layer, "awq_scales"):
            layer.awq_scales.assign(rng.uniform(0.5, 2.0, rows))
        layer.is_gptq_calibrated = layer.is_awq_calibrated = True


def dense(**options):
    chain = [layers.Dense(5, activation="tanh", **options), layers.Dense(3, **options)]
    return functional((7,), [*chain, layers.Activation("linear", dtype="float32")])


def dense_steps(**options):
    return functional((None, 6), [layers.Dense(5, use_bias=False, **options)])


def einsum(equation, shape, output_shape, bias_axes=None, **options):
    return lambda: functional(shape, [layers.EinsumDense(equation, output_shape, bias_axes=bias_axes, **options)])


def embedding(**options):
    source = keras.Input((4,), dtype="int32", name="tokens")
    embedded = layers.Embedding(9, 5, mask_zero=True, **options)(source)
    return keras.Model(source, layers.LSTM(3)(embedded))


def reversible(policy=None, **options):
    source = keras.Input((5,), dtype="int32", name="tokens")
    table = layers.ReversibleEmbedding(9, 6, dtype=policy, **options)
    value = layers.Dense(6, dtype="float32")(table(source))
    # What reverses under a mixed policy gives another type than Keras foretells.
    return keras.Model(source, layers.Activation("linear", dtype="float32")(table(value, reverse=True)))


def wrapped():
    return functional((4, 6), [layers.TimeDistributed(layers.Dense(3)), layers.GRU(2)])


def row(name, why, build, prepare, **more):
    return Case(name, why, build, prepare=prepare, generations=("keras3",), **more)


TOKENS = integers(0, 9, (4,))

CASES = [
    row("dense_int8", "Inputs by row, kernel by column.", dense, quantized("int8"), h5=True),
    row("dense_int8_steps", "A scale for each step, of unknown number.", dense_steps, quantized("int8")),
    row("dense_int8_weights_only", "Inputs stay as they are.", dense, quantized("int8", activation_quantizer=None)),
    row("dense_int8_range", "A quantizer of its own range.", dense,
        lambda model: quantized("int8", activation_quantizer=AbsMaxQuantizer(value_range=(-63, 63), epsilon=0.3))(model)),
    row("dense_int8_bfloat16", "Scales are rounded to 16 bits.", lambda: dense(dtype="mixed_bfloat16"),
        quantized("int8"), atol=2e-2, rtol=2e-2),
    row("dense_int8_policy", "By its policy alone, as files before 3.13.", lambda: dense(dtype="int8_from_float32"),
        random_int8),
    row("dense_int4", "Two in a byte along the outputs, an odd number of them.", dense,
        quantized("int4", block_size=None), h5=True),
    row("dense_int4_inputs", "4 bits times 8.", dense,
        lambda model: quantized("int4", block_size=-1, activation_quantizer=AbsMaxQuantizer())(model)),
    row("dense_int4_groups", "Groups of 3 out of 7 inputs, with zero points.", dense, quantized("int4", block_size=3),
        h5=True),
    row("dense_int4_one_group", "A group that is longer than the input.", dense, quantized("int4", block_size=128)),
    row("dense_int4_groups_float16", "Under a mixed policy.", lambda: dense(dtype="mixed_float16"),
        quantized("int4", block_size=4), atol=5e-3, rtol=5e-3),
    row("dense_float8", "Rounded to 8 bits, subnormal numbers and limits too.", lambda: dense(dtype=float8()), float8_scales),
    row("dense_gptq", "4 bits, groups in any order.", lambda: dense(dtype="gptq/4/3_from_float32"), calibrated, rewrite=with_zero_points(4)),
    row("dense_gptq_8_bits", "Not packed.", lambda: dense(dtype="gptq/8/-1_from_float32"), calibrated, rewrite=with_zero_points(8)),
    row("dense_awq", "Kernels divided by a factor for each input.", lambda: dense(dtype="awq/4/4_from_float32"),
        calibrated, rewrite=with_zero_points(4)),
    row("einsum_dense_int8", "A scale for each head and size.",
        einsum("abc,cde->abde", (4, 5), (None, 2, 3), "de"), quantized("int8")),
    row("einsum_dense_int8_heads", "Two summed axes; a step has one scale.",
        einsum("abcd,cde->abe", (4, 2, 3), (None, 5), "e"), quantized("int8")),
    row("einsum_dense_int8_turned", "The kernel has the output first.",
        einsum("abc,dc->adb", (4, 5), (3, 4), "d"), quantized("int8")),
    row("einsum_dense_int8_weights_only", "Inputs stay as they are.",
        einsum("abc,cde->abde", (4, 5), (None, 2, 3)), quantized("int8", activation_quantizer=None)),
    row("einsum_dense_int4", "The kernel as a matrix.", einsum("abc,cde->abde", (4, 5), (None, 3, 3), "e"),
        quantized("int4", block_size=-1)),
    row("einsum_dense_int4_inputs", "4 bits times 8.", einsum("abcd,cde->abe", (4, 2, 3), (None, 5)),
        lambda model: quantized("int4", block_size=-1, activation_quantizer=AbsMaxQuantizer())(model)),
    row("einsum_dense_int4_groups", "Groups that span summed axes.",
        einsum("abcd,cde->abe", (4, 2, 3), (None, 5), "e"), quantized("int4", block_size=4)),
    row("einsum_dense_float8", "Both operands rounded.",
        lambda: einsum("abc,cde->abde", (4, 5), (None, 2, 3), "de", dtype=float8())(), float8_scales),
    row("einsum_dense_gptq", "The input's axis is the longest.",
        einsum("abc,cde->abde", (4, 7), (None, 2, 3), "de", dtype="gptq/4/3_from_float32"), calibrated, rewrite=with_zero_points(4)),
    row("einsum_dense_gptq_2_bits", "The output's axis is the longest.",
        einsum("abcd,cde->abe", (4, 2, 3), (None, 5), "e", dtype="gptq/2/-1_from_float32"), calibrated, rewrite=with_zero_points(2)),
    row("einsum_dense_awq", "A matrix.", einsum("abc,cd->abd", (4, 6), (None, 5), "d", dtype="awq/4/-1_from_float32"),
        calibrated, rewrite=with_zero_points(4)),
    row("embedding_int8", "A scale for each row; masks.", embedding, quantized("int8"), inputs=masked_tokens(4, 9)),
    row("embedding_int4", "Rows of an odd size.", embedding, quantized("int4", block_size=None), inputs=TOKENS),
    row("embedding_int4_groups", "Groups within a row.", embedding, quantized("int4", block_size=2), inputs=TOKENS),
    row("embedding_int8_bfloat16", "Scales keep 32 bits.", lambda: embedding(dtype="mixed_bfloat16"),
        quantized("int8"), inputs=TOKENS, atol=2e-3, rtol=2e-3),
    *[
        row(f"reversible_embedding_{name}", why, lambda options=options: reversible(**options), prepare,
            inputs=integers(0, 9, (5,)), **more)
        for name, why, options, prepare, more in (
            ("int8", "The same table in both directions.", {}, quantized("int8"), {}),
            ("int8_untied", "A table for each direction.", {"tie_weights": False, "logit_soft_cap": 0.8},
             quantized("int8"), {}),
            ("int8_weights_only", "Inputs stay as they are.", {},
             quantized("int8", activation_quantizer=None), {}),
            ("int4", "Packed rows, turned.", {}, quantized("int4", block_size=-1), {}),
            ("int4_untied", "Packed along the other axis.", {"tie_weights": False},
             quantized("int4", block_size=-1), {}),
            ("int4_groups", "Groups within a row.", {}, quantized("int4", block_size=4), {}),
            ("int4_groups_untied", "Groups of rows.", {"tie_weights": False}, quantized("int4", block_size=4), {}),
            ("int4_inputs_untied", "4 bits times 8.", {"tie_weights": False, "policy": "int4_from_float32"},
             random_int8, {}),
        )
    ],
    # TimeDistributed calls its layer past the quantised call: the kernel of int8 is multiplied as it is.
    row("wrapped_int8", "Within a TimeDistributed.", wrapped, quantized("int8"), expect="refuse"),
]
