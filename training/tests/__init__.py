"""Tests of the Python side; run them in the folder training/ with `python3 -m unittest`."""
