"""What ``POST /v1/analyze`` was sent: checked, and turned into blocks."""

from __future__ import annotations

import json
from typing import Any

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from backend.engine import Block, OffsetUnit

from .problem import Problem

BYTES_PER_CHARACTER = 12
"""The most that JSON takes for one character: two ``\\uXXXX`` escapes."""
BYTES_BESIDES = 4_000_000
"""Room in a body for what is not text: ids, keys, white space."""

SHORTER = "Send it in parts, or start the server with a higher HEARSAY_MAX_CHARS."

TEXT_BLOCK = "text"
"""The id of the one block that a request without blocks has."""


def read(request: Request, max_chars: int) -> tuple[list[Block], OffsetUnit]:
    """Return the blocks and the unit for their offsets.

    :raises Problem: 400, 413, 415 or 422
    """
    request.max_content_length = max_chars * BYTES_PER_CHARACTER + BYTES_BESIDES
    try:
        body = _json_object(request)
    except RequestEntityTooLarge:
        detail = f"The request is larger than a text of {max_chars:,} characters needs. {SHORTER}"
        raise Problem(413, detail, limit=max_chars) from None
    unit = _offset_unit(body.get("offset_unit", OffsetUnit.UTF16))
    if ("blocks" in body) == ("text" in body):
        raise _unfit("", 'Send either "blocks" or "text".')
    blocks = _blocks(body["blocks"]) if "blocks" in body else [_text(body["text"])]
    length = sum(len(block.text) for block in blocks)
    if length > max_chars:
        detail = f"The text has {length:,} characters, and the limit is {max_chars:,}. {SHORTER}"
        raise Problem(413, detail, limit=max_chars, length=length, enough=length)
    return blocks, unit


def too_many_words(count: int, limit: int, enough: int) -> Problem:
    """Return the problem of a text that is within the limit in characters, but not in words.

    :param enough: the limit in characters that would let it pass
    """
    found = f"{count:,} words, signs and paragraph breaks"
    detail = f"The text has {found}, and the limit is {limit:,}. {SHORTER}"
    return Problem(413, detail, word_limit=limit, words=count, enough=enough)


def _json_object(request: Request) -> dict[str, Any]:
    if not request.is_json:
        raise Problem(415, "Send JSON, with the header Content-Type: application/json.")
    try:
        # utf-8-sig takes a byte order mark as well
        body = json.loads(request.get_data(cache=False).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        detail = f"The JSON is not UTF-8: see byte {error.start}."
        raise Problem(400, detail) from None
    except json.JSONDecodeError as error:
        detail = f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        raise Problem(400, detail) from None
    except (ValueError, RecursionError):
        detail = "The body is not JSON that can be read here: too deep, or a number too long."
        raise Problem(400, detail) from None
    if not isinstance(body, dict):
        raise _unfit("", f"The body must be an object, and is {_kind(body)}.")
    return body


def _offset_unit(value: object) -> OffsetUnit:
    for unit in OffsetUnit:
        if value == unit:
            return unit
    allowed = " or ".join(f'"{unit}"' for unit in OffsetUnit)
    raise _unfit("/offset_unit", f'"offset_unit" must be {allowed}.')


def _text(value: object) -> Block:
    if not isinstance(value, str):
        raise _unfit("/text", f'"text" must be a string, and is {_kind(value)}.')
    return Block(TEXT_BLOCK, value, line_breaks=1)


def _blocks(value: object) -> list[Block]:
    if not isinstance(value, list):
        raise _unfit("/blocks", f'"blocks" must be an array, and is {_kind(value)}.')
    blocks: dict[str, Block] = {}
    for index, entry in enumerate(value):
        place = f"/blocks/{index}"
        if not isinstance(entry, dict):
            raise _unfit(place, f"A block must be an object, and block {index} is {_kind(entry)}.")
        for key in ("id", "text"):
            if not isinstance(entry.get(key), str):
                found = _kind(entry[key]) if key in entry else "missing"
                detail = f'The "{key}" of a block must be a string; in block {index} it is {found}.'
                raise _unfit(f"{place}/{key}" if key in entry else place, detail)
        block = Block(entry["id"], entry["text"])
        if block.id in blocks:
            raise _unfit(
                f"{place}/id", f"The ids of blocks must differ; block {index} repeats one."
            )
        blocks[block.id] = block
    return list(blocks.values())


def _unfit(pointer: str, detail: str) -> Problem:
    """Return the problem of JSON that is not what it should be, at a JSON Pointer (RFC 6901)."""
    return Problem(422, detail, pointer=f"#{pointer}")


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "an array"
        case _:
            return "an object"
