"""Layers that prepare images: sizes, cuts, contrast, and those that change nothing at inference."""

from building import channels_first_case, layer_case
from case_writer import Case
from generation import KERAS2, keras, layers

KERAS3_ALONE = ("keras3",)
KERAS2_ALONE = ("keras2",)


def pixels(*shape, dtype="float32"):
    """An ``inputs`` function: colours from 0 to 150, which the tolerance can tell apart."""

    def make(rng, batch):
        return [rng.integers(0, 150, (2, *shape)).astype(dtype)]

    return make


def resizing(name, why, shape, height, width, dtype="float32", generations=("keras2", "keras3"), **arguments):
    return layer_case(
        f"resizing_{name}",
        why,
        shape,
        lambda: layers.Resizing(height, width, **arguments),
        pixels(*(size or 7 for size in shape), dtype=dtype),
        dtype,
        generations=generations,
    )


def interpolations():
    for name in ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area", "gaussian", "mitchellcubic"):
        # Keras 3 knows the first five.
        known = KERAS2_ALONE if name in ("area", "gaussian", "mitchellcubic") else ("keras2", "keras3")
        for change, size in {"larger": (11, 9), "smaller": (3, 2), "mixed": (4, 12)}.items():
            yield resizing(f"{name}_{change}", f"{name}, {change}.", (7, 5, 3), *size, interpolation=name, generations=known)
        if name in ("bilinear", "bicubic", "lanczos3", "nearest"):
            yield resizing(
                f"{name}_antialias",
                f"{name} over all elements where the result is smaller.",
                (11, 5, 2),
                4,
                8,
                interpolation=name,
                antialias=True,
                generations=KERAS3_ALONE,
            )
        if name in ("bilinear", "bicubic", "nearest"):
            yield resizing(
                f"{name}_uint8",
                f"{name} of bytes: rounded bytes in Keras 3, floats in Keras 2.",
                (7, 5, 3),
                10,
                4,
                dtype="uint8",
                interpolation=name,
            )


def crop(name, why, kind, shape, height, width, dtype="float32", **more):
    return layer_case(
        name, why, shape, lambda: kind(height, width), pixels(*(size or 7 for size in shape), dtype=dtype), dtype, **more
    )


def first(name, why, make, **more):
    return channels_first_case(
        f"{name}_channels_first", why, (3, 7, 5), make, inputs=pixels(3, 7, 5), generations=KERAS3_ALONE, **more
    )


RESIZING = [
    *interpolations(),
    resizing("same", "The size it has already.", (4, 5, 3), 4, 5),
    resizing("nearest_many", "Ratios whose borders single precision decides.", (14, 11, 2), 3, 25, interpolation="nearest"),
    resizing("crop_wide", "A wide image cut to the ratio.", (5, 11, 3), 4, 3, crop_to_aspect_ratio=True),
    resizing("crop_tall", "A tall image cut to the ratio.", (11, 4, 3), 3, 5, crop_to_aspect_ratio=True),
    resizing(
        "crop_bicubic", "Cut, then bicubic.", (9, 7, 2), 12, 5, crop_to_aspect_ratio=True, interpolation="bicubic"
    ),
    resizing(
        "pad_wide", "A wide image padded to the ratio.", (4, 11, 3), 6, 5, pad_to_aspect_ratio=True, generations=KERAS3_ALONE
    ),
    resizing(
        "pad_tall",
        "A tall image padded to the ratio, with a value.",
        (11, 4, 3),
        6,
        5,
        pad_to_aspect_ratio=True,
        fill_value=7.5,
        generations=KERAS3_ALONE,
    ),
    resizing("free_size", "Images of unknown size.", (None, None, 3), 4, 9),
    resizing("free_size_nearest", "Images of unknown size, nearest.", (None, None, 3), 4, 9, interpolation="nearest"),
    resizing("free_size_bicubic", "Images of unknown size, bicubic.", (None, None, 3), 5, 9, interpolation="bicubic"),
    resizing("free_width_bicubic", "Images of unknown width, bicubic.", (5, None, 3), 6, 3, interpolation="bicubic"),
    resizing(
        "free_size_antialias",
        "Images of unknown size, over all elements where the result is smaller.",
        (None, None, 2),
        4,
        9,
        antialias=True,
        generations=KERAS3_ALONE,
    ),
    resizing("free_size_crop", "Cut to the ratio, of any size.", (None, None, 3), 4, 9, crop_to_aspect_ratio=True),
    resizing("free_size_lanczos", "A matrix for each size.", (None, 5, 3), 4, 9, interpolation="lanczos3"),
    resizing("free_width", "Images of unknown width.", (5, None, 3), 6, 3),
    first("resizing", "Channels first.", lambda f: layers.Resizing(4, 8, data_format=f)),
    first("resizing_lanczos3", "Channels first, by matrices.", lambda f: layers.Resizing(4, 8, "lanczos3", data_format=f)),
    first(
        "resizing_pad",
        "Channels first, padded.",
        lambda f: layers.Resizing(9, 4, "nearest", pad_to_aspect_ratio=True, fill_value=3.0, data_format=f),
    ),
    layer_case(
        "resizing_mixed_float16",
        "Under mixed precision.",
        (7, 5, 3),
        lambda: layers.Resizing(10, 4, dtype="mixed_float16"),
        pixels(7, 5, 3),
        atol=0.2,
    ),
    layer_case(
        "resizing_conv",
        "Resized, rescaled and convolved, as in classifiers.",
        (9, 7, 3),
        lambda: [layers.Resizing(6, 5), layers.Rescaling(1 / 255), layers.Conv2D(4, 3)],
        pixels(9, 7, 3),
        h5=True,
    ),
]

CROPS = [
    crop("center_crop", "The middle; odd margins.", layers.CenterCrop, (8, 7, 3), 5, 4),
    crop("center_crop_even", "The middle; even margins.", layers.CenterCrop, (8, 7, 3), 4, 3),
    crop("center_crop_same", "Nothing to cut.", layers.CenterCrop, (8, 7, 3), 8, 7),
    crop("center_crop_small", "A smaller image is resized.", layers.CenterCrop, (5, 4, 3), 8, 7),
    crop("center_crop_flat", "One side is smaller: cut to the ratio and resized.", layers.CenterCrop, (5, 11, 3), 8, 7),
    crop("center_crop_free_size", "The middle of any size.", layers.CenterCrop, (None, None, 3), 4, 5),
    crop("center_crop_uint8", "Bytes become floats.", layers.CenterCrop, (8, 7, 3), 5, 4, dtype="uint8"),
    first("center_crop", "Channels first.", lambda f: layers.CenterCrop(4, 3, data_format=f)),
    first("center_crop_small", "Channels first, resized.", lambda f: layers.CenterCrop(9, 6, data_format=f)),
    crop("random_crop", "Keras 2 fits and resizes at inference, Keras 3 changes nothing.", layers.RandomCrop, (8, 7, 3), 5, 3),
    crop("random_crop_small", "A smaller image.", layers.RandomCrop, (5, 4, 3), 8, 7),
]


def augmentations():
    """Every layer that changes images in training alone."""
    made = {
        "random_brightness": lambda: layers.RandomBrightness(0.2),
        "random_contrast": lambda: layers.RandomContrast(0.2),
        "random_flip": lambda: layers.RandomFlip("horizontal", seed=5),
        "random_rotation": lambda: layers.RandomRotation(0.2, fill_mode="nearest"),
        "random_translation": lambda: layers.RandomTranslation(0.2, (-0.1, 0.3)),
        "random_zoom": lambda: layers.RandomZoom(0.2, 0.1),
    }
    if KERAS2:
        made["random_height"] = lambda: layers.RandomHeight(0.2)
        made["random_width"] = lambda: layers.RandomWidth((-0.2, 0.3))
    else:
        made |= {
            "aug_mix": lambda: layers.AugMix(),
            "cut_mix": lambda: layers.CutMix(),
            # Equalization has no model: at inference it returns its input, which Keras takes for a cycle.
            "max_num_bounding_boxes": lambda: layers.MaxNumBoundingBoxes(3),
            "mix_up": lambda: layers.MixUp(),
            "rand_augment": lambda: layers.RandAugment(),
            "random_color_degeneration": lambda: layers.RandomColorDegeneration(0.2),
            "random_color_jitter": lambda: layers.RandomColorJitter(brightness_factor=0.2, hue_factor=0.1),
            "random_elastic_transform": lambda: layers.RandomElasticTransform(),
            "random_erasing": lambda: layers.RandomErasing(),
            "random_gaussian_blur": lambda: layers.RandomGaussianBlur(),
            "random_grayscale": lambda: layers.RandomGrayscale(0.3),
            "random_hue": lambda: layers.RandomHue(0.2),
            "random_invert": lambda: layers.RandomInvert(0.5),
            "random_perspective": lambda: layers.RandomPerspective(0.5),
            "random_posterization": lambda: layers.RandomPosterization(4),
            "random_saturation": lambda: layers.RandomSaturation(0.2),
            "random_sharpness": lambda: layers.RandomSharpness(0.2),
            "random_shear": lambda: layers.RandomShear(0.2, 0.1),
            "solarization": lambda: layers.Solarization(0.2, 0.3),
        }
    excuse = {"keras3": "Keras 3 writes the factors as pairs, which it does not take."}
    for name, make in made.items():
        more = {"h5": False, "no_reload": excuse if name == "random_shear" else None}
        yield layer_case(name, "Changes nothing at inference.", (4, 5, 3), make, pixels(4, 5, 3), **more)
        yield layer_case(
            f"{name}_uint8",
            "Bytes stay bytes or become floats.",
            (4, 5, 3),
            make,
            pixels(4, 5, 3, dtype="uint8"),
            "uint8",
            **more,
        )


def flat_and_full(rng, batch):
    """One image with a channel of one value: it stays."""
    images = rng.integers(20, 180, (3, 4, 5, 3)).astype("float32")
    images[1, :, :, 2] = 30
    images[2] = 50
    return [images]


def clahe(name, why, shape, **arguments):
    unit = "value_range" in arguments

    def inputs(rng, batch):
        levels = rng.integers(0, 256, (2, *shape)).astype("float32")
        return [levels / 127.5 - 1 if unit else levels]

    return layer_case(
        f"clahe_{name}",
        why,
        shape,
        lambda: layers.ContrastLimitedAdaptiveHistogramEqualization(**arguments),
        inputs,
        generations=KERAS3_ALONE,
        any_output=True,
        h5=False,
    )


CONTRAST = [
    layer_case(
        "auto_contrast",
        "Each image and channel stretched; one value alone stays.",
        (4, 5, 3),
        lambda: layers.AutoContrast(value_range=(0, 150)),
        flat_and_full,
        generations=KERAS3_ALONE,
    ),
    layer_case(
        "auto_contrast_range",
        "A range that does not begin at zero.",
        (4, 5, 3),
        lambda: layers.AutoContrast(value_range=(-1, 1)),
        generations=KERAS3_ALONE,
    ),
    layer_case(
        "auto_contrast_first",
        "Axes 1 and 2 are stretched, whatever the data format says.",
        (3, 5, 4),
        lambda: layers.AutoContrast(value_range=(0, 100), data_format="channels_first"),
        generations=KERAS3_ALONE,
    ),
    clahe("tiles", "Tiles that the image is a multiple of.", (6, 8, 3), tile_grid_size=(3, 2)),
    clahe("mirrored", "The image is mirrored to fill the last tiles.", (7, 9, 2), tile_grid_size=(3, 4)),
    clahe("unlimited", "No limit.", (6, 5, 1), tile_grid_size=(2, 2), clip_limit=0.0),
    clahe("range", "Values from -1 to 1.", (6, 8, 2), tile_grid_size=(2, 3), value_range=(-1, 1)),
    clahe("first", "Channels first.", (2, 6, 8), tile_grid_size=(2, 3), data_format="channels_first"),
    Case(
        name="augmented_classifier",
        why="Augmentations in front of a classifier.",
        build=lambda: keras.Sequential(
            [
                keras.Input((8, 7, 3)),
                layers.RandomFlip("horizontal"),
                layers.RandomRotation(0.1),
                layers.RandomZoom(0.1),
                layers.Rescaling(1 / 255),
                layers.Conv2D(4, 3, activation="relu"),
                layers.GlobalAveragePooling2D(),
                layers.Dense(3, activation="softmax"),
            ]
        ),
        inputs=pixels(8, 7, 3),
        h5=True,
    ),
]

PIPELINES = [
    layer_case(
        "pipeline",
        "Layers one behind the other, with weights of their own.",
        (5, 6, 3),
        lambda: layers.Pipeline(
            [
                layers.Rescaling(0.1),
                layers.RandomFlip(),
                layers.BatchNormalization(),
                layers.Conv2D(4, 2, activation="tanh"),
                layers.Conv2D(2, 2),
            ]
        ),
        generations=("keras3",),
        h5=True,
    )
]

CASES = RESIZING + CROPS + list(augmentations()) + CONTRAST + PIPELINES
