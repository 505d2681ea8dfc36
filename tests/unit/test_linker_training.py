import tomllib

from backend.training.linker import Choice, accuracy, fit, to_toml


def test_fitting_learns_which_feature_decides():
    choices = [Choice([["near", "noise"], ["far"]], 0), Choice([["far", "noise"], ["near"]], 1)] * 5
    weights = fit(choices)
    assert weights["near"] > 0 > weights["far"]
    assert accuracy(choices, weights) == 1.0


def test_weights_are_written_as_they_are_read():
    written = to_toml({"content": {"near": 1.234, "nothing": 0.01}, "source": {"none": -2.0}})
    assert tomllib.loads(written) == {"content": {"near": 1.23}, "source": {"none": -2.0}}
