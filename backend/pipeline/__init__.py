"""The spaCy pipeline: importing this package registers every component's factory."""
