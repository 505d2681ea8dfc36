"""A tiny run of the whole training: made-up corpora, an encoder of one layer, a minute's work.

It needs PyTorch, which serving does not: ``make training-tools`` installs it.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import spacy

torch = pytest.importorskip("torch", reason="PyTorch trains only: make training-tools")
onnx = pytest.importorskip("onnx", reason="exports only: make training-tools")
transformers = pytest.importorskip("transformers", reason="trains only: make training-tools")

from backend import pipeline  # noqa: E402
from backend.pipeline.model import MODEL_PATH, load_model  # noqa: E402
from backend.pipeline.windows import load_tokenizer, windows  # noqa: E402
from backend.training.corpora import (  # noqa: E402
    Article,
    RoleSpan,
    read_articles,
    read_syntax,
)
from backend.training.examples import (  # noqa: E402
    Example,
    attribution_examples,
    collate,
    label_sets,
    syntax_examples,
)
from backend.training.export import export  # noqa: E402
from backend.training.network import Network  # noqa: E402
from backend.training.train import Recipe, attribution_loss, load, save, train  # noqa: E402

NAMES = ("Ann", "Bob", "Eve", "Joe", "Kim", "Lea")
CLAIMS = ("it rained", "the bridge held", "nobody slept", "the ferry was late")
ROLES = {"<": "source", "*": "cue", "[": "content"}
MARK = re.compile(r"<([^>]+)>|\*([^*]+)\*|\[([^\]]+)\]")
SENTENCE = """\
1	{name}	{name}	PROPN	NNP	_	2	nsubj	_	_
2	said	say	VERB	VBD	_	0	root	_	_
3	it	it	PRON	PRP	_	4	nsubj	_	_
4	rained	rain	VERB	VBD	_	2	ccomp	_	SpaceAfter=No
5	.	.	PUNCT	.	_	2	punct	_	_
"""
RECIPE = Recipe(
    epochs=30, syntax_share=1.0, batch=4, rate=3e-3, head_rate=1e-2, agreement=0.3, seed=1
)


def annotated(written: str) -> dict[str, object]:
    """Read an article with its spans written into it; a line is an attribution."""
    text, attributions = "", []
    for line in written.splitlines():
        spans: dict[str, list[list[int]]] = {role: [] for role in ROLES.values()}
        end = 0
        for match in MARK.finditer(line):
            text += line[end : match.start()]
            words = match[0][1:-1]
            spans[ROLES[match[0][0]]].append([len(text), len(text) + len(words)])
            text += words
            end = match.end()
        text += line[end:] + "\n\n"
        attributions.append(spans)
    return {"id": written[:9], "text": text, "attributions": attributions}


@pytest.fixture(scope="module")
def pretrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder of random weights, of the shape of the one that is fine-tuned."""
    folder = tmp_path_factory.mktemp("pretrained")
    shutil.copy(MODEL_PATH / "tokenizer.json", folder / "tokenizer.json")
    config = transformers.BertConfig(
        vocab_size=load_tokenizer(folder / "tokenizer.json").get_vocab_size(),
        hidden_size=48,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=96,
    )
    torch.manual_seed(0)
    transformers.BertModel(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    articles = [
        "\n".join(f"<{name}> *said* [{claim}]." for claim in CLAIMS) + f"\nThen {name} left."
        for name in NAMES
    ]
    with gzip.open(folder / "train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(annotated(article)) + "\n" for article in articles)
    with gzip.open(folder / "train.conllu.gz", "wt", encoding="utf-8") as file:
        for name in NAMES:
            file.write(f"# newdoc\n# sent_id = {name}\n{SENTENCE.format(name=name)}\n")
    return folder


def tasks_of(
    corpora: Path, pretrained: Path
) -> tuple[dict[str, list[str]], dict[str, list[Example]]]:
    tokenizer = load_tokenizer(pretrained / "tokenizer.json")
    docs = list(read_syntax(corpora / "train.conllu.gz"))
    labels = label_sets(docs)
    return labels, {
        "syntax": list(syntax_examples(docs, labels, tokenizer)),
        "attribution": list(
            attribution_examples(read_articles(corpora / "train.jsonl.gz"), tokenizer)
        ),
    }


def trained(corpora: Path, pretrained: Path, recipe: Recipe) -> Network:
    torch.manual_seed(recipe.seed)
    labels, tasks = tasks_of(corpora, pretrained)
    network = Network(pretrained, labels, dropout=recipe.dropout)
    train(network, tasks, recipe)
    return network.eval()


@pytest.fixture(scope="module")
def checkpoint(corpora: Path, pretrained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("run") / "checkpoint.pt"
    save(trained(corpora, pretrained, RECIPE), RECIPE, path)
    return path


@pytest.fixture(scope="module")
def model(checkpoint: Path, pretrained: Path) -> Path:
    folder = checkpoint.parent / "model"
    export(load(checkpoint, pretrained), pretrained, folder, name="tiny", version="1")
    return folder


def test_an_unseen_sentence_is_read_by_the_exported_model(model: Path) -> None:
    doc = pipeline.load(model)("Zoe said nobody slept.")
    assert [(token.tag_, token.dep_) for token in doc][:2] == [("NNP", "nsubj"), ("VBD", "ROOT")]
    (found,) = doc._.attributions
    assert (found.source.text, found.cue.text) == ("Zoe", "said")
    assert [span.text for span in found.content] == ["nobody slept"]


def test_the_exported_encoder_gives_what_the_trained_one_gives(
    checkpoint: Path, pretrained: Path, model: Path
) -> None:
    network, shipped = load(checkpoint, pretrained), load_model(model)
    doc = pipeline.load(model).make_doc("Ann said the ferry was late. It was.")
    (window,) = windows(doc, shipped.tokenizer)
    pieces, features = window.pieces[None], window.features[None]
    with torch.no_grad():
        wanted = network.encoder(torch.from_numpy(pieces), torch.from_numpy(features))[0].numpy()
    found = shipped.encoder.run(None, {"pieces": pieces, "features": features})[0][0]
    cosine = (
        (wanted * found).sum(1) / np.linalg.norm(wanted, axis=1) / np.linalg.norm(found, axis=1)
    )
    assert cosine.min() > 0.98  # int8


def test_no_two_products_overflow_16_bits(model: Path) -> None:
    graph = onnx.load(model / "encoder.onnx").graph
    constants = {one.name: onnx.numpy_helper.to_array(one) for one in graph.initializer}
    products = [node for node in graph.node if node.op_type == "DynamicQuantizeMatMul"]
    assert len(products) == 4  # of one layer
    for product in products:
        weight = constants[product.input[1]].astype(int)
        assert weight.max() > 100  # the range is used
        assert abs(255 * (weight[::2] + weight[1::2])).max() < 1 << 15


def test_a_seed_gives_the_same_weights_again(corpora: Path, pretrained: Path) -> None:
    recipe = Recipe(epochs=1, batch=4, seed=3)
    one, other = (trained(corpora, pretrained, recipe).state_dict() for _ in range(2))
    assert all(torch.equal(one[name], other[name]) for name in one)
    different = trained(corpora, pretrained, Recipe(epochs=1, batch=4, seed=4)).state_dict()
    assert not all(torch.equal(one[name], different[name]) for name in one)


def test_two_passes_that_choose_differently_cost(corpora: Path, pretrained: Path) -> None:
    labels, tasks = tasks_of(corpora, pretrained)
    network = Network(pretrained, labels, dropout=0.0).eval()
    batch = collate(tasks["attribution"])

    def loss(masked: float, agreement: float) -> float:
        torch.manual_seed(1)
        recipe = Recipe(masked=masked, agreement=agreement)
        return float(attribution_loss(network, batch, recipe).detach())

    assert loss(0.0, 3.0) == pytest.approx(loss(0.0, 0.0), abs=1e-5)  # twice the same
    assert loss(0.5, 3.0) > loss(0.5, 1e-9)


def test_a_span_that_a_window_cuts_is_one_in_each() -> None:
    doc = spacy.blank("en")("Ann said " + "very " * 300 + "late.")
    spans = [RoleSpan(0, 1, "SOURCE"), RoleSpan(1, 2, "CUE"), RoleSpan(2, 303, "CONTENT")]
    tokenizer = load_tokenizer(MODEL_PATH / "tokenizer.json")
    first, second = attribution_examples([Article("1", doc, spans)], tokenizer)
    in_first, in_second = len(first.window.words), len(second.window.words)
    assert ends_of(first) == [(0, 0), (1, 1), (2, in_first - 1)]
    assert ends_of(second) == [(0, in_second - 2)]  # but for the full stop


def ends_of(example: Example) -> list[tuple[int, int]]:
    """Return the first and last word of each span, by the two ways in which they are given."""
    last, first = example.gold["last"].tolist(), example.gold["first"].tolist()
    by_start = [(i, end) for i, end in enumerate(last) if end >= 0]
    by_end = [(start, i) for i, start in enumerate(first) if start >= 0]
    assert by_start == by_end
    return by_start
