"""The picture that NumPy makes, without a page."""

import unittest
import zlib

import numpy as np
import voxel_volume
from voxel_volume._still import Png, png


def pixels(picture):
    """Rows of red, green and blue, of a PNG as `png` writes it."""
    width, height = picture.size
    start = picture.index(b"IDAT") + 4
    data = zlib.decompress(picture[start : picture.index(b"IEND")])
    return np.frombuffer(data, np.uint8).reshape(height, 1 + 3 * width)[:, 1:].reshape(height, width, 3)


def still(array, affine=None, **options):
    """The picture without its margin."""
    return pixels(Png(voxel_volume.show(array, affine, **options)._preview))[8:-8, 8:-8]


def filled(picture):
    return (picture < 250).any(axis=2)


BALL = np.zeros((30, 30, 30), "uint8")
BALL[5:25, 5:25, 5:25] = 200


class Still(unittest.TestCase):
    def test_a_png_is_shown_by_a_cell_and_says_its_size(self):
        picture = png(np.zeros((2, 3, 3), np.uint8))
        self.assertEqual(picture._repr_png_(), bytes(picture))
        self.assertRegex(repr(picture), "^<PNG picture, 3 x 2 pixels, [0-9]+ bytes>$")

    def test_a_picture_is_filled_by_the_content_and_white_around_it(self):
        picture = still(BALL)
        self.assertTrue(filled(picture)[picture.shape[0] // 2, picture.shape[1] // 2])
        np.testing.assert_array_equal(picture[0, 0], [255, 255, 255])
        # A view along an axis shows a full square.
        front = still(BALL, azimuth=0, elevation=0)
        self.assertEqual((front.shape, filled(front).all()), ((320, 320, 3), True))

    def test_spacing_crop_clip_and_flip_change_its_shape(self):
        flat = still(BALL, (1, 1, 0.5), azimuth=0, elevation=0)
        self.assertEqual(flat.shape, (160, 320, 3))
        self.assertEqual(still(BALL, (1, 1, 0.5), azimuth=0, elevation=0, aspect="cube").shape, (320, 320, 3))
        self.assertEqual(still(BALL, crop=((0, 1), (0, 1), (0, 0.5)), azimuth=0, elevation=0).shape, (160, 320, 3))
        self.assertEqual(still(BALL, clip=(0, 0, -1, 0.5), azimuth=0, elevation=0).shape, (160, 320, 3))
        wedge = BALL * (np.arange(30)[:, None, None] > np.arange(30)[None, None, :])
        upper = [filled(still(wedge, azimuth=90, elevation=0, flip=flip))[40].sum() for flip in ("", "z")]
        self.assertLess(upper[0], upper[1])

    def test_odd_volumes_have_a_picture(self):
        for array in [
            np.zeros((4, 4, 4)),
            np.full((4, 4, 4), np.nan),
            np.full((4, 4, 4), np.inf),
            np.ones((1, 1, 2)),
            BALL[:, :, 15],
            BALL.astype("complex64"),
            np.stack([BALL] * 3, axis=-1),
            BALL.astype(float) - 100,
        ]:
            with self.subTest(shape=array.shape, dtype=array.dtype):
                self.assertEqual(still(array).shape[2], 3)

    def test_the_picture_is_small_for_large_arrays(self):
        noise = np.random.default_rng(0).integers(0, 256, (300, 200, 100), dtype="uint8")
        widget = voxel_volume.show(noise)
        self.assertLessEqual(max(widget._volume.preview.shape), 96)
        self.assertLess(len(widget._preview), 350_000)


if __name__ == "__main__":
    unittest.main()
