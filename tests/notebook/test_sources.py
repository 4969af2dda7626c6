"""What can be shown: arrays, images of nibabel, dask, zarr, and files; and what is refused, with which words."""

import json
import tempfile
import unittest
import warnings
import zipfile
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import numpy as np
from voxel_volume import _volume
from voxel_volume._volume import volume_of

A = np.arange(3 * 4 * 5, dtype="int16").reshape(3, 4, 5)


def has(module):
    return unittest.skipUnless(find_spec(module), f"needs {module}")


def array_of(volume):
    """The array in a packed .npy."""
    return np.load(BytesIO(volume.data))


class Arrays(unittest.TestCase):
    def test_arrays_keep_type_order_and_strides(self):
        for array in [A, A.T, A[::-1, :, ::2], A.astype(">f8"), A.astype("float16"), np.asfortranarray(A), A > 7]:
            with self.subTest(dtype=array.dtype, strides=array.strides):
                packed = array_of(volume_of(array))
                self.assertEqual(packed.dtype, np.dtype("uint8") if array.dtype == bool else array.dtype)
                np.testing.assert_array_equal(packed, array)

    def test_masked_values_are_missing(self):
        masked = np.ma.masked_where(A > 50, A)
        packed = array_of(volume_of(masked))
        self.assertEqual(packed.dtype, np.float32)
        np.testing.assert_array_equal(np.isnan(packed), A > 50)
        self.assertEqual(array_of(volume_of(np.ma.array(A.astype("int32"), mask=A > 50))).dtype, np.float64)
        self.assertEqual(array_of(volume_of(np.ma.array(A))).dtype, np.int16)

    def test_anything_with_array_is_an_array(self):
        class Tensor:
            def __array__(self, dtype=None, copy=None):
                return A

        np.testing.assert_array_equal(array_of(volume_of(Tensor())), A)
        np.testing.assert_array_equal(array_of(volume_of(A.tolist())), A)

    def test_what_cannot_be_shown_is_refused_with_advice(self):
        cases = [
            (A.astype(object), TypeError, "astype"),
            (np.array(["a"]), TypeError, "astype"),
            (A.astype("M8[s]"), TypeError, 'a.astype\\("int64"\\)'),
            (A[0, 0], ValueError, "1 axes.*a.reshape"),
            (np.zeros((2, 9, 3, 4, 5)), ValueError, "5 axes.*show\\(a\\[0, :, 0, :, :\\]\\)"),
            (A[:0], ValueError, "empty"),
        ]
        for array, error, message in cases:
            with self.subTest(message=message), self.assertRaisesRegex(error, message):
                volume_of(array)
        with self.assertRaisesRegex(ValueError, r"480 bytes, above max_bytes \(100 bytes\): show\(a\[::2, ::2, ::2\]\)"):
            volume_of(A.astype(float), max_bytes=100)
        for affine in [np.eye(3), np.zeros((4, 4)), (1, 2), 0, (1, -1, 1)]:
            with self.subTest(affine=affine), self.assertRaisesRegex(ValueError, "affine: expected a 4x4 matrix"):
                volume_of(A, affine)

    def test_large_compressible_data_are_compressed(self):
        self.assertLess(len(volume_of(np.zeros((100, 100, 100))).data), 100_000)
        noise = np.random.default_rng(0).integers(0, 256, (128, 128, 128), dtype="uint8")
        self.assertEqual(volume_of(noise).data[:6], b"\x93NUMPY")


@has("nibabel")
class Nibabel(unittest.TestCase):
    def setUp(self):
        import nibabel

        self.nibabel = nibabel
        self.affine = np.array([[-2, 0, 0, 10], [0, 2.5, 0.3, -7], [0, -0.2, 3, 1], [0, 0, 0, 1.0]])

    def packed(self, source, affine=None):
        return self.nibabel.Nifti2Image.from_bytes(volume_of(source, affine).data)

    def test_an_array_with_an_affine_is_nifti_that_nibabel_reads(self):
        for dtype in ["u1", "i1", "u2", ">i2", "u4", "i4", "u8", "i8", "f4", ">f8", "c8", "c16"]:
            with self.subTest(dtype=dtype):
                image = self.packed(A.astype(dtype), self.affine)
                np.testing.assert_array_equal(image.affine, self.affine)
                np.testing.assert_array_equal(np.asanyarray(image.dataobj), A.astype(dtype))
                self.assertEqual(image.get_data_dtype().newbyteorder("="), np.dtype(dtype).newbyteorder("="))

    def test_lengths_of_a_voxel_are_spacing_without_directions(self):
        image = self.packed(A, (1, 1, 2.5))
        self.assertEqual(image.header.get_zooms(), (1, 1, 2.5))
        self.assertEqual((image.header["sform_code"], image.header["qform_code"]), (0, 0))
        self.assertEqual(self.packed(A, 3).header.get_zooms(), (3, 3, 3))

    def test_frames_colours_and_layers_with_an_affine(self):
        frames = np.arange(2 * 30 * 30 * 3, dtype="int16").reshape(2, 30, 30, 3)
        self.assertEqual(self.packed(frames, self.affine).shape, (2, 30, 30, 3))
        self.assertEqual(self.packed(A[:, :, 0], self.affine).shape, (3, 4, 1))
        colors = np.arange(3 * 4 * 5 * 3, dtype="uint8").reshape(3, 4, 5, 3)
        stored = np.asanyarray(self.packed(colors, self.affine).dataobj)
        np.testing.assert_array_equal(stored["G"], colors[..., 1])

    def test_an_image_keeps_what_its_file_says(self):
        image = self.nibabel.Nifti1Image(A.astype(float) / 3, self.affine)
        image.set_data_dtype("int16")
        image.header["cal_max"] = 12
        image.header.set_intent(1002)
        with tempfile.TemporaryDirectory() as folder:
            self.nibabel.save(image, f"{folder}/scan.nii.gz")
            loaded = self.nibabel.load(f"{folder}/scan.nii.gz")
            volume = volume_of(loaded)
            packed = self.packed(loaded)
            self.assertEqual(volume.name, "scan.nii")
            np.testing.assert_array_equal(packed.dataobj.get_unscaled(), loaded.dataobj.get_unscaled())
            np.testing.assert_array_equal(packed.get_fdata(), loaded.get_fdata())
            np.testing.assert_allclose(packed.affine, self.affine, atol=1e-5)
            self.assertEqual((packed.header["cal_max"], packed.header["intent_code"]), (12, 1002))
            self.assertEqual(volume_of(loaded, (1, 2, 3)).sides, (1, 2, 3))
            np.testing.assert_array_equal(self.packed(loaded, (1, 2, 3)).get_fdata(), loaded.get_fdata())

    def test_an_image_without_directions_has_none(self):
        image = self.nibabel.Nifti1Image(A, None)
        self.assertEqual(self.packed(image).header["sform_code"], 0)
        self.assertEqual(self.packed(self.nibabel.AnalyzeImage(A, np.diag([2, 2, 3, 1]))).header["sform_code"], 0)
        self.assertEqual(self.packed(self.nibabel.MGHImage(A.astype("i4"), self.affine)).header["sform_code"], 2)


class Lazy(unittest.TestCase):
    @has("dask")
    def test_dask_is_computed_unless_it_is_too_large(self):
        import dask.array

        lazy = dask.array.from_array(A, chunks=2)
        np.testing.assert_array_equal(array_of(volume_of(lazy + 1)), A + 1)
        with self.assertRaisesRegex(ValueError, "7.28 TiB|7451|above max_bytes"):
            volume_of(dask.array.zeros((10_000, 10_000, 10_000)))
        before, _volume._LARGE = _volume._LARGE, 10
        try:
            with self.assertWarnsRegex(UserWarning, "computes a dask array of 120 bytes"):
                volume_of(lazy)
        finally:
            _volume._LARGE = before

    @has("zarr")
    def test_a_zarr_array_is_read(self):
        import zarr

        np.testing.assert_array_equal(array_of(volume_of(zarr.array(A))), A)

    @has("zarr")
    def test_of_an_ome_zarr_group_the_finest_level_within_the_limit_is_shown(self):
        import zarr

        units = [{"name": name, "type": "space", "unit": "micrometer"} for name in "zyx"]
        axes = [{"name": "t", "type": "time"}, {"name": "c", "type": "channel"}, *units]
        levels = [np.arange(2 * 3 * 4 * 6 * 8, dtype="u2").reshape(2, 3, 4, 6, 8)]
        levels.append(levels[0][..., ::2, ::2])
        for metadata in (lambda scales: {"multiscales": scales}, lambda scales: {"ome": {"multiscales": scales}}):
            group = zarr.group()
            for i, level in enumerate(levels):
                group[str(i)] = level
            datasets = [
                {"path": str(i), "coordinateTransformations": [{"type": "scale", "scale": [1, 1, 5, 2 * f, 3 * f]}]}
                for i, f in enumerate([1, 2])
            ]
            group.attrs.update(metadata([{"axes": axes, "datasets": datasets}]))
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                whole = volume_of(group)
            np.testing.assert_allclose(whole.sides, (0.003, 0.002, 0.005))
            self.assertEqual((whole.text, whole.dims), ("8 x 6 x 4 x 6 uint16", (8, 6, 4)))
            stored = np.frombuffer(whole.data, "u2", offset=544).reshape((8, 6, 4, 6), order="F")
            # Channels come first: frame 4 is channel 1 of time 1.
            np.testing.assert_array_equal(stored[..., 4], levels[0][1, 1].T)
            with self.assertWarnsRegex(UserWarning, r"Level 1 of 2 is shown \(2 x 3 x 4 x 3 x 4\)"):
                half = volume_of(group, max_bytes=1000)
            np.testing.assert_allclose(half.sides, (0.006, 0.004, 0.005))
            with self.assertRaisesRegex(ValueError, "All levels"):
                volume_of(group, max_bytes=10)
        with self.assertRaisesRegex(ValueError, "no image of OME-Zarr"):
            volume_of(zarr.group())


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())) if hasattr(self, "enterContext") else None
        if self.folder is None:
            temporary = tempfile.TemporaryDirectory()
            self.addCleanup(temporary.cleanup)
            self.folder = Path(temporary.name)

    def write(self, name, data=b"data"):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    def test_a_file_is_sent_as_it_is(self):
        path = self.write("Scan 1.nrrd", b"NRRD0004\n")
        for given in (path, str(path)):
            volume = volume_of(given)
            self.assertEqual((volume.data, volume.name, volume.preview), (b"NRRD0004\n", "Scan 1.nrrd", None))

    def test_the_array_of_a_npy_file_is_previewed(self):
        np.save(self.folder / "a.npy", A)
        volume = volume_of(self.folder / "a.npy")
        np.testing.assert_array_equal(volume.preview, A)
        self.assertEqual(volume.name, "a.npy")

    def test_files_that_belong_together_become_a_zip(self):
        header, image = self.write("a.hdr"), self.write("a.img")
        self.write("ab.img")
        self.write("a.nii.gz")
        for given, names in [
            (header, ["a.hdr", "a.img"]),
            ([image, header], ["a.hdr", "a.img"]),
            (self.folder, ["a.hdr", "a.img", "a.nii.gz", "ab.img"]),
        ]:
            volume = volume_of(given)
            self.assertEqual(sorted(zipfile.ZipFile(BytesIO(volume.data)).namelist()), names)
            self.assertTrue(volume.name.endswith(".zip"))

    def test_missing_and_large_files_are_refused(self):
        with self.assertRaisesRegex(FileNotFoundError, "There is no file 'missing.nii'"):
            volume_of("missing.nii")
        with self.assertRaisesRegex(ValueError, "4 bytes, above max_bytes"):
            volume_of(self.write("a.nii"), max_bytes=3)
        with self.assertRaisesRegex(ValueError, "a file has its own"):
            volume_of(self.write("a.nii"), np.eye(4))

    @has("zarr")
    def test_a_folder_of_zarr_is_opened(self):
        import zarr

        zarr.save_array(str(self.folder / "a.zarr"), A)
        np.testing.assert_array_equal(array_of(volume_of(self.folder / "a.zarr")), A)


if __name__ == "__main__":
    unittest.main()
