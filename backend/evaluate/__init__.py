"""Measurements: ``python -m backend.evaluate NAME``.

Each module of this package that defines ``add_arguments(parser)`` and ``run(args) -> int`` is a
command of its own name; the first line of its docstring is its help.
"""
