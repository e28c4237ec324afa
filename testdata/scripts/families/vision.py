"""Functions of keras.ops.image: windows, filters, colours, sizes."""

import numpy as np

from families.indexing import arrays, function_case
from generation import keras


def colors(*shape, high=1.0, dtype="float32"):
    """Pixels, some of which are gray, black or white."""

    def make(rng, batch):
        pixels = rng.uniform(0, high, (batch, *shape))
        gray = rng.random((batch, *shape[:-1], 1))
        pixels = pixels * (gray > 0.3) + pixels[..., :1] * ((gray > 0.1) & (gray <= 0.3))
        return pixels.astype(dtype)

    return make


def turned(rng):
    """The numbers of a projection that leaves parts of the image, and meets no element exactly."""
    angle, bend = rng.uniform(0.3, 1.2), rng.uniform(-0.03, 0.03, 2)
    right, down = rng.uniform(-4.1, 4.3, 2)
    return [np.cos(angle), -np.sin(angle), right, np.sin(angle), np.cos(angle), down, *bend]


CASES = [
    function_case(
        "patches",
        "Windows side by side, which overlap, with gaps, beyond the border, of images and volumes.",
        [(7, 6, 2), (4, 5, 4, 1)],
        lambda x, volume: [
            keras.ops.image.extract_patches(x, (3, 2)),
            keras.ops.image.extract_patches(x, (3, 2), strides=(2, 1)),
            keras.ops.image.extract_patches(x, 3, strides=2, padding="same"),
            keras.ops.image.extract_patches(x, 2, strides=1, dilation_rate=3),
            keras.ops.image.extract_patches_3d(volume, (2, 2, 3)),
            keras.ops.image.extract_patches_3d(volume, (2, 2, 3), strides=(1, 2, 1)),
        ],
    ),
    function_case(
        "patches_open",
        "Windows on images of any size.",
        [(None, None, 2)],
        lambda x: [
            keras.ops.image.extract_patches(x, (3, 2)),
            keras.ops.image.extract_patches(x, 3, strides=2, padding="same"),
        ],
        arrays(colors(7, 6, 2)),
    ),
    function_case(
        "unfolded",
        "Windows as columns, and images put together from them.",
        [(2, 6, 7), (12, 15), (12, 9)],
        lambda x, columns, more: [
            keras.ops.fold(columns, (4, 6), (2, 2)),
            keras.ops.fold(more, (5, 6), (3, 2), padding=(1, 0), stride=2),
            keras.ops.unfold(x, (2, 3)),
            keras.ops.unfold(x, (3, 2), dilation=(1, 2), padding=(2, 1), stride=(2, 3)),
        ],
    ),
    function_case(
        "filters",
        "Blurred images, their edges, and how alike they are.",
        [(9, 8, 3), (9, 8, 3), (2, 7, 5)],
        lambda x, y, first: [
            keras.ops.image.gaussian_blur(x),
            keras.ops.image.gaussian_blur(x, (5, 3), (0.7, 1.6)),
            keras.ops.image.gaussian_blur(first, (2, 3), (1.5, 0.8), data_format="channels_first"),
            keras.ops.image.sobel_edges(x),
            keras.ops.image.sobel_edges(first, data_format="channels_first"),
            keras.ops.image.ssim(x, y, filter_size=5),
            keras.ops.image.ssim(x, 0.9 * x, max_val=2.0, filter_size=3, filter_sigma=0.8, k1=0.02, k2=0.05),
        ],
        arrays(colors(9, 8, 3), colors(9, 8, 3), colors(2, 7, 5)),
    ),
    function_case(
        "colors",
        "Colours as hue, saturation and value, and back.",
        [(4, 5, 3), (3, 4, 2)],
        lambda x, first: [
            keras.ops.image.rgb_to_hsv(x),
            keras.ops.image.hsv_to_rgb(x),
            keras.ops.image.rgb_to_hsv(first, data_format="channels_first"),
            keras.ops.image.hsv_to_rgb(first[0], data_format="channels_first"),
        ],
        arrays(colors(4, 5, 3), colors(3, 4, 2)),
    ),
    function_case(
        "resized",
        "Images in other sizes, as they are or in the ratio of the new size.",
        [(7, 5, 3), (2, 6, 9)],
        lambda x, first: [
            *(keras.ops.image.resize(x, (9, 4), interpolation=name) for name in ("bilinear", "nearest", "bicubic", "lanczos3")),
            keras.ops.image.resize(x, (3, 8), antialias=True),
            keras.ops.image.resize(x, (4, 4), crop_to_aspect_ratio=True),
            keras.ops.image.resize(x, (6, 9), pad_to_aspect_ratio=True, fill_value=0.5),
            keras.ops.image.resize(first, (4, 5), data_format="channels_first"),
            keras.ops.image.resize(first[0], (3, 12), data_format="channels_last"),
        ],
        arrays(colors(7, 5, 3), colors(2, 6, 9)),
    ),
    function_case(
        "resized_bytes",
        "Bytes, rounded and limited to what a byte holds; of odd sizes, so that none lies half between two.",
        [(3, 5, 2)],
        lambda x: [
            keras.ops.image.resize(x, (5, 7)),
            keras.ops.image.resize(x, (5, 7), interpolation="bicubic"),
            keras.ops.image.resize(x, (5, 7), interpolation="nearest"),
        ],
        arrays(colors(3, 5, 2, high=256, dtype="uint8")),
        dtypes=["uint8"],
    ),
    function_case(
        "projected",
        "Images turned, moved and bent, by both interpolations, with every filling.",
        [(6, 5, 2), (8,)],
        lambda x, t: [
            *(
                keras.ops.image.affine_transform(x, t, interpolation=name, fill_mode=mode, fill_value=0.4)
                for name in ("nearest", "bilinear")
                for mode in ("constant", "nearest", "reflect", "wrap")
            ),
            keras.ops.image.affine_transform(x[0], t[0], fill_mode="reflect"),
        ],
        lambda rng, batch: [
            rng.uniform(0, 1, (batch, 6, 5, 2)).astype("float32"),
            np.stack([turned(rng) for _ in range(batch)]).astype("float32"),
        ],
    ),
]
