"""Functions of keras.ops.nn and keras.ops.image: activations, windows, layouts of images."""

import numpy as np

from families.indexing import function_case
from generation import keras


LAST = "channels_last"


def kernel(*shape):
    """A written kernel, of numbers that all differ."""
    return np.random.default_rng(len(shape)).normal(0, 0.4, shape).astype("float32")


def conv_transpose(x, kernel, **options):
    """As keras.ops has it: in a model Keras 3.15.1 exchanges the paddings, so that none of its calls succeeds."""
    operation = keras.src.ops.nn.ConvTranspose(**options)
    type(operation).call = lambda self, x, kernel: keras.src.backend.nn.conv_transpose(
        x, kernel, self.strides, self.padding, self.output_padding, self.data_format, self.dilation_rate
    )
    return operation(x, kernel)


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
        "activations_composed",
        "Activations that other libraries have, or compose of those that they have.",
        [(4, 6)],
        lambda x: [
            keras.ops.elu(3 * x, alpha=1.3),
            keras.ops.gelu(3 * x),
            keras.ops.gelu(3 * x, approximate=False),
            keras.ops.hard_silu(3 * x),
            keras.ops.leaky_relu(x, negative_slope=0.07),
            keras.ops.log_sigmoid(3 * x),
            keras.ops.negative(x),
            keras.ops.relu6(4 * x),
            keras.ops.silu(x),
            keras.ops.soft_shrink(x, threshold=0.3),
            keras.ops.tanh_shrink(x),
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
    function_case(
        "batch_normalization_computed",
        "Normalization by statistics that are computed.",
        [(4, 5), (4,), (5,)],
        lambda x, a, b: [
            keras.ops.batch_normalization(x, a[0], a[1] ** 2 + 0.1, axis=1, offset=a[3], scale=a[2]),
            keras.ops.batch_normalization(x, b[0], b[1] ** 2 + 0.1, axis=-1, offset=kernel(5), scale=b[2]),
        ],
        lambda rng, batch: [rng.normal(size=(4, *shape)).astype("float32") for shape in ((4, 5), (4,), (5,))],
    ),
    function_case(
        "normalizations",
        "Normalization of each sample, by its deviation, its length, its norm.",
        [(4, 5, 3), (4, 5)],
        lambda x, y: [
            keras.ops.layer_normalization(x, kernel(3), kernel(3, 1)[:, 0], axis=-1),
            keras.ops.layer_normalization(x, kernel(5, 3), None, axis=(2, 3), epsilon=0.01),
            keras.ops.layer_normalization(x, kernel(4, 3), kernel(4, 3) + 1, axis=(1, 3)),
            keras.ops.layer_normalization(x, kernel(5), None, axis=2, rms_scaling=True),
            keras.ops.rms_normalization(x, kernel(3)),
            keras.ops.rms_normalization(x, axis=(1, 2), epsilon=0.1),
            keras.ops.normalize(y),
            keras.ops.normalize(y, axis=1, order=1),
            keras.ops.normalize(y, axis=-1, order=3, epsilon=2.0),
            *keras.ops.moments(x, axes=[1, 3]),
            *keras.ops.moments(keras.ops.cast(x, "float16"), axes=[2], keepdims=True),
        ],
    ),
    function_case(
        "dot_product_attention",
        "Attention of heads: masked, causal, with a bias, with keys that heads share.",
        [(5, 4, 3), (6, 4, 3), (6, 2, 3), (5, 6)],
        lambda q, k, shared, mask: [
            keras.ops.dot_product_attention(q, k, k),
            keras.ops.dot_product_attention(q, k, 2 * k, mask=keras.ops.expand_dims(mask > 0, 1), scale=0.3),
            keras.ops.dot_product_attention(q, shared, shared, is_causal=True),
            keras.ops.dot_product_attention(q, k, k, bias=keras.ops.expand_dims(mask, 1)),
        ],
    ),
    function_case(
        "convolutions_transposed",
        "Transposed convolutions by computed and written kernels.",
        [(5, 4, 3), (6, 3), (2, 3, 4, 3)],
        lambda x, steps, k: [
            conv_transpose(x, kernel(3, 2, 4, 3), strides=2, data_format=LAST),
            conv_transpose(x, kernel(3, 2, 4, 3), strides=(2, 3), padding="same", data_format=LAST),
            conv_transpose(x, kernel(3, 3, 2, 3), strides=2, output_padding=(1, 1), padding="same", data_format=LAST),
            conv_transpose(steps, kernel(4, 2, 3), strides=3, data_format=LAST),
            conv_transpose(x, k[0], data_format=LAST),
        ],
    ),
    function_case(
        "pools_adaptive",
        "Pools of so many windows, equal ones and others.",
        [(9, 8, 3), (2, 7)],
        lambda x, first: [
            keras.ops.adaptive_average_pool(x, (3, 4)),
            keras.ops.adaptive_average_pool(x, (4, 3)),
            keras.ops.adaptive_max_pool(x, (2, 5)),
            keras.ops.adaptive_max_pool(first, (3,), data_format="channels_first"),
        ],
        no_reload={"keras3": "Keras reads the sizes back as a list, which it cannot join to a tuple"},
    ),
]
