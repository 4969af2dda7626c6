"""Values of options in Python and in the element, and names of options."""

import tempfile
import unittest
from pathlib import Path

import anywidget
import numpy as np
import voxel_volume
from voxel_volume._element import DEFAULTS
from voxel_volume._values import from_element, to_element

A = np.arange(60.0).reshape(3, 4, 5)


class Values(unittest.TestCase):
    def test_values_become_the_text_of_attributes(self):
        cases = [
            ("window", (40, 400.5), "40 400.5"),
            ("window", np.array([1, 2], dtype="int16"), "1 2"),
            ("opacity", np.float32(0.5), 0.5),
            ("opacity", float("nan"), "nan"),
            ("antialias", np.True_, True),
            ("crop", ((0, 0.7), None, slice(0.25, None)), "0:0.7 0:1 0.25:1"),
            ("clip", [1, -1, -1, 0.1], "1 -1 -1 0.1"),
            ("only", [17, range(1000, 1036)], "17 1000-1035"),
            ("resolution", (100, 120, 68), "100x120x68"),
            ("resolution", 50, 50),
            ("flip", ("x", "z"), "xz"),
            ("colormap", ["#000", "#f00"], "#000 #f00"),
            ("colormap", [(0, 0, 0), (1, 0.5, 0)], "#000000 #ff8000"),
            ("labels", {17: "Left", 53: {"color": (255, 0, np.uint8(3))}}, {"17": "Left", "53": {"color": [255, 0, 3]}}),
            ("labels", "1 Left 255 0 0 0\n2 Right 0 0 255 0\n", "1 Left 255 0 0 0\n2 Right 0 0 255 0\n"),
        ]
        for name, value, expected in cases:
            with self.subTest(name=name, value=value):
                self.assertEqual(to_element(name, value), expected)

    def test_a_colour_map_of_matplotlib_becomes_256_colours(self):
        class Gray:
            N = 256

            def __call__(self, levels):
                return [(n / 255, n / 255, n / 255, 1) for n in levels]

        colors = to_element("colormap", Gray()).split(" ")
        self.assertEqual([len(colors), colors[0], colors[1], colors[255]], [256, "#000000", "#010101", "#ffffff"])

    def test_text_of_several_numbers_becomes_tuples(self):
        cases = [
            ("window", "40 400", (40, 400)),
            ("window", "auto", "auto"),
            ("target", "0.5 0.5 0.25", (0.5, 0.5, 0.25)),
            ("crop", "0:0.7 0:1 0:0.5", ((0, 0.7), (0, 1), (0, 0.5))),
            ("resolution", "100x120x68", (100, 120, 68)),
            ("resolution", "50", 50),
            ("resolution", "native", "native"),
            ("colorbar", "true", True),
            ("only", "17 53", "17 53"),
            ("azimuth", None, None),
        ]
        for name, text, expected in cases:
            with self.subTest(name=name, text=text):
                self.assertEqual(from_element(name, text), expected)

    def test_what_no_option_can_be_is_refused(self):
        for name, value in [("window", object()), ("crop", ((0, 1, 2), (0, 1), (0, 1)))]:
            with self.subTest(name=name), self.assertRaises(TypeError):
                voxel_volume.show(A, **{name: value})

    def test_traits_have_the_elements_defaults_and_none_restores_them(self):
        widget = voxel_volume.show(A, window=(1, 2), opacity=0.5)
        self.assertEqual((widget.light, widget.zoom, widget.axes, widget.antialias), ((225, 19.4712), 1, "none", False))
        widget.window = widget.opacity = None
        self.assertEqual((widget.window, widget.opacity), ("auto", "auto"))

    def test_unknown_options_are_refused_with_a_suggestion(self):
        with self.assertRaisesRegex(TypeError, "Unknown option 'opacty'; did you mean 'opacity'?"):
            voxel_volume.show(A, opacty=0.5)
        with self.assertRaisesRegex(TypeError, "Unknown option 'src'; there are alt, antialias"):
            voxel_volume.show(A, src="a.nii")
        self.assertEqual(voxel_volume.show(A, **{"auto-rotate": True}).auto_rotate, True)

    def test_no_option_has_the_name_of_something_that_widgets_have(self):
        of_ipywidgets = "add_class blur close comm focus get_state keys layout log model_id open tabbable tooltip widgets"
        taken = {*dir(anywidget.AnyWidget), *of_ipywidgets.split(), "load", "picked", "error", "still", "width", "height"}
        self.assertEqual(taken & set(DEFAULTS), set())

    def test_the_options_are_in_the_help(self):
        import inspect

        parameters = inspect.signature(voxel_volume.show).parameters
        self.assertEqual(parameters["opacity"].default, "auto")
        self.assertEqual(parameters["controls"].default, True)

    def test_files_with_labels_are_read_for_python_only(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.txt"
            path.write_text("1 Left 255 0 0 0\n", encoding="utf-8")
            self.assertEqual(voxel_volume.show(A, labels=str(path)).labels, path.read_text(encoding="utf-8"))
            widget = voxel_volume.show(A)
            widget.labels = path
            self.assertEqual(widget.labels, path.read_text(encoding="utf-8"))
            # The page must not choose files of this machine.
            widget.set_state({"labels": str(path)})
            self.assertEqual(widget.labels, str(path))

    def test_an_invalid_value_still_gives_a_widget(self):
        for name, value in [("clip", (1, 2)), ("floor", "auto"), ("gamma", "x"), ("flip", True), ("azimuth", "x")]:
            with self.subTest(name):
                widget = voxel_volume.show(A, **{name: value})
                data, _ = widget._repr_mimebundle_()
                self.assertIn("text/plain", data)


if __name__ == "__main__":
    unittest.main()
