"""Models of TensorFlow 2.3, whose functions are nodes of graphs in layers of the class TensorFlowOpLayer.

    python testdata/scripts/make_cases.py --environment keras2_4

with Python 3.7 and requirements-keras2_4.txt. The other tables use layers that came later.
"""

import numpy as np

from case_writer import Case
from generation import keras

MATRIX = (4, 3)
IMAGE = (6, 7, 4)


def kernel(*shape):
    rng = np.random.RandomState(sum(shape))
    return rng.normal(0, 0.5, shape).astype("float32")


def row(name, why, outputs, shapes=(MATRIX, MATRIX), dtypes=("float32",) * 4):
    def build():
        inputs = [keras.Input(shape, name="abcd"[i], dtype=dtypes[i]) for i, shape in enumerate(shapes)]
        return keras.Model(inputs, outputs(*inputs))

    def inputs(rng, batch):
        arrays = []
        for shape, dtype in zip(shapes, dtypes):
            sizes = [batch, *(6 if size is None else size for size in shape)]
            floating = dtype == "float32"
            arrays.append(rng.normal(0, 1.3, sizes).astype(dtype) if floating else rng.integers(1, 5, sizes).astype(dtype))
        return arrays

    return Case(name=name, why=why, build=build, inputs=inputs, generations=("keras2_4",), any_output=True)


def arithmetic(a, b):
    import tensorflow as tf

    return [
        2.0 - a,
        a + [1.0, 2.0, 3.0],
        1 / (abs(a) + 0.1),
        a ** 2,
        a // 2,
        b % 2.0,
        a > 0.5,
        tf.logical_and(a > 0, b > 0),
        tf.reduce_mean(a, 1),
        tf.reduce_sum(a, [1, 2], keepdims=True),
        tf.argmax(a, -1),
        tf.cumsum(a, 1, reverse=True),
        tf.math.l2_normalize(a, 1),
        tf.math.squared_difference(a, b),
        tf.where(a > 0, a, b),
        tf.clip_by_value(a, -1.0, 1.0),
        tf.nn.softmax(a),
        tf.nn.leaky_relu(a),
        tf.nn.batch_normalization(a, kernel(3), kernel(3) ** 2 + 1, kernel(3), kernel(3), 0.01),
        tf.add_n([a, b, a]),
    ]


def arrays(a, b, c, d):
    import tensorflow as tf

    return [
        tf.reshape(a, [-1, 12]),
        tf.reshape(c, [tf.shape(c)[0], -1, 1]),
        tf.concat([a, b], -1),
        tf.stack([a, b], 1),
        a[:, 1, ..., tf.newaxis],
        c[:, : tf.shape(c)[1] - 1],
        tf.cast(d, tf.float32),
        tf.split(a, [1, 2], axis=2)[1],
        tf.split(a, 2, axis=1)[1],
        tf.unstack(a, axis=1)[2],
        tf.one_hot(d, 7),
        tf.transpose(a, [0, 2, 1]),
        tf.tile(a, [1, 2, 1]),
        tf.pad(a, [[0, 0], [1, 1], [0, 2]], constant_values=3.0),
        tf.pad(a, [[0, 0], [1, 1], [0, 2]], "REFLECT"),
        tf.gather(a, [0, 2], axis=1),
        tf.fill([tf.shape(a)[0], 2], 1.5),
        tf.range(tf.shape(c)[1]),
        tf.math.top_k(a, 2)[1],
    ]


def products(a, b, c):
    import tensorflow as tf

    return [
        tf.matmul(a, b, transpose_b=True),
        tf.einsum("bij,bkj->bik", a, b),
        tf.tensordot(a, kernel(3, 2), 1),
        tf.nn.conv1d(a, kernel(2, 3, 2), 1, "SAME"),
        tf.nn.conv2d(c, kernel(3, 2, 4, 3), [1, 2, 2, 1], "SAME"),
        tf.nn.depthwise_conv2d(c, kernel(3, 3, 4, 1), [1, 1, 1, 1], "VALID"),
        tf.nn.max_pool2d(c, 2, 2, "VALID"),
        tf.nn.avg_pool2d(c, 3, 2, "SAME"),
        tf.nn.bias_add(c, [1.0, 2.0, 3.0, 4.0]),
        tf.image.resize(c, [9, 5]),
        tf.nn.depth_to_space(c, 2),
        tf.nn.local_response_normalization(c, 2),
        tf.compat.v1.nn.fused_batch_norm(c, kernel(4), kernel(4), kernel(4), kernel(4) ** 2 + 1, is_training=False)[0],
    ]


CASES = [
    row("nodes_arithmetic", "Arithmetic, reductions and choices as nodes.", arithmetic),
    row(
        "nodes_arrays",
        "Shapes, slices and padding as nodes.",
        arrays,
        (MATRIX, MATRIX, (None, 3), (5,)),
        ("float32", "float32", "float32", "int32"),
    ),
    row("nodes_products", "Products, convolutions and images as nodes.", products, (MATRIX, MATRIX, IMAGE)),
]
