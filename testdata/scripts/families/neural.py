"""Functions of keras.ops.nn and keras.ops.image: activations, windows, layouts of images."""

import numpy as np

from families.indexing import function_case
from generation import keras


def kernel(*shape):
    """A written kernel, of numbers that all differ."""
    return np.random.default_rng(len(shape)).normal(0, 0.4, shape).astype("float32")


CASES = [
    function_case(
        "activations",
        "Activations without parameters.",
        [(4, 6)],
        lambda x: [
            function(2 * x)
            for function in (
                keras.ops.relu,
                keras.ops.hard_sigmoid,
                keras.ops.hard_silu,
                keras.ops.hard_tanh,
                keras.ops.log_sigmoid,
                keras.ops.selu,
                keras.ops.silu,
                keras.ops.softplus,
                keras.ops.softsign,
                keras.ops.sparse_plus,
                keras.ops.sparse_sigmoid,
                keras.ops.tanh_shrink,
            )
        ],
    ),
    function_case(
        "activations_with_parameters",
        "Activations with their parameters as they are and given.",
        [(4, 6)],
        lambda x: [
            keras.ops.celu(x, alpha=0.7),
            keras.ops.elu(x, alpha=1.3),
            keras.ops.gelu(x),
            keras.ops.gelu(x, approximate=False),
            keras.ops.hard_shrink(x, threshold=0.3),
            keras.ops.leaky_relu(x, negative_slope=0.07),
            keras.ops.soft_shrink(x),
            keras.ops.squareplus(x, b=3),
            keras.ops.threshold(x, 0.2, -1.5),
        ],
    ),
    function_case(
        "activations_along_axes",
        "Functions along an axis.",
        [(4, 6)],
        lambda x: [
            keras.ops.glu(x),
            keras.ops.glu(x, axis=1),
            keras.ops.softmax(x, axis=1),
            keras.ops.log_softmax(x),
            keras.ops.log_softmax(x, axis=1),
            keras.ops.sparsemax(x),
            keras.ops.sparsemax(x, axis=1),
        ],
    ),
    function_case(
        "convolutions",
        "Convolutions with written kernels: strides, dilation, one axis.",
        [(9, 8, 4), (9, 4)],
        lambda x, steps: [
            keras.ops.conv(x, kernel(3, 2, 4, 5), strides=2, padding="same"),
            keras.ops.conv(x, kernel(3, 2, 4, 3), dilation_rate=(1, 2)),
            keras.ops.conv(steps, kernel(3, 4, 2), strides=3),
            keras.ops.depthwise_conv(x, kernel(3, 2, 4, 2), padding="same"),
            keras.ops.separable_conv(x, kernel(3, 3, 4, 2), kernel(1, 1, 8, 3)),
        ],
    ),
    function_case(
        "convolution_by_input",
        "A convolution whose kernel is computed.",
        [(6, 5, 3), (2, 2, 3, 4)],
        lambda x, k: keras.ops.conv(x, keras.ops.tanh(k[0]), padding="same"),
    ),
    function_case(
        "pools",
        "Pools, whose strides are their sizes or given.",
        [(9, 8, 3), (9, 4)],
        lambda x, steps: [
            keras.ops.max_pool(x, 2),
            keras.ops.max_pool(x, (3, 2), strides=(2, 1), padding="same"),
            keras.ops.average_pool(x, (2, 3), padding="same"),
            keras.ops.average_pool(steps, 3, strides=2),
        ],
    ),
    function_case(
        "batch_normalization",
        "Normalization by written statistics, with and without scale and offset.",
        [(4, 5)],
        lambda x: [
            keras.ops.batch_normalization(x, kernel(5), kernel(5) ** 2 + 0.2, axis=-1),
            keras.ops.batch_normalization(
                x, kernel(4), kernel(4) ** 2 + 0.2, axis=1, offset=kernel(1, 4)[0], scale=kernel(2, 1, 4)[0, 0]
            ),
        ],
    ),
    function_case(
        "image_layouts",
        "Images cut and padded, blocks of pixels as channels and back, colours as grey.",
        [(6, 8, 3), (4, 3, 8)],
        lambda x, deep: [
            keras.ops.image.crop_images(x, 1, 2, 0, 3),
            keras.ops.image.crop_images(x, bottom_cropping=2, left_cropping=1, target_height=3, target_width=4),
            keras.ops.image.pad_images(x, 1, 0, 2, 3),
            keras.ops.image.pad_images(x, top_padding=2, right_padding=1, target_height=9, target_width=11),
            keras.ops.image.rgb_to_grayscale(x),
            keras.ops.nn.space_to_depth(x, 2),
            keras.ops.nn.depth_to_space(deep, 2),
        ],
    ),
]
