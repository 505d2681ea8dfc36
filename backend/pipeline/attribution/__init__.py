"""Attribution: who says what. Importing this package registers its components."""

from backend.pipeline.attribution import attributes, component, speakers

__all__ = ["attributes", "component", "speakers"]
