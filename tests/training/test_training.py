"""A tiny run of the whole training: made-up corpora, an encoder of two layers, a minute's work.

It needs PyTorch, which serving does not: ``make training-tools`` installs it.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy

torch = pytest.importorskip("torch", reason="PyTorch trains only: make training-tools")
onnx = pytest.importorskip("onnx", reason="exports only: make training-tools")
safetensors = pytest.importorskip("safetensors.torch", reason="trains only: make training-tools")

from backend import pipeline  # noqa: E402
from backend.pipeline.model import MODEL_PATH, load_model  # noqa: E402
from backend.pipeline.windows import FEATURE_SIZES, load_tokenizer, windows  # noqa: E402
from backend.training.batches import IGNORE, Batch, Example, collate  # noqa: E402
from backend.training.checkpoints import average, load, load_teacher, save  # noqa: E402
from backend.training.corpora import (  # noqa: E402
    Article,
    RoleSpan,
    read_articles,
    read_syntax,
)
from backend.training.encoder import Encoder, Shape  # noqa: E402
from backend.training.examples import (  # noqa: E402
    attribution_examples,
    label_sets,
    syntax_examples,
)
from backend.training.export import export  # noqa: E402
from backend.training.losses import Wanted, attribution_choices, choices, loss_of  # noqa: E402
from backend.training.network import Network  # noqa: E402
from backend.training.parsing import with_syntax  # noqa: E402
from backend.training.pretrained import bert_vocabulary, read_encoder  # noqa: E402
from backend.training.pruning import matters, pruned  # noqa: E402
from backend.training.scoring import attachment, exact_f1  # noqa: E402
from backend.training.teaching import KEPT, lessons  # noqa: E402
from backend.training.train import Recipe, train  # noqa: E402

CPU = torch.device("cpu")
TOKENIZER = MODEL_PATH / "tokenizer.json"
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
RECIPE = Recipe(epochs=30, syntax_share=1.0, batch=4, rate=3e-3, head_rate=1e-2, seed=1)
SMALL = Shape(
    vocabulary=load_tokenizer(TOKENIZER).get_vocab_size(),
    positions=512,
    width=48,
    layers=2,
    heads=2,
    head_width=24,
    inner=96,
    features=FEATURE_SIZES,
    local=(0,),
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


@pytest.fixture(scope="module")
def labels(corpora: Path) -> dict[str, list[str]]:
    return label_sets(read_syntax(corpora / "train.conllu.gz"))


@pytest.fixture(scope="module")
def examples(corpora: Path, labels: dict[str, list[str]]) -> list[Example]:
    tokenizer = load_tokenizer(TOKENIZER)
    articles = read_articles(corpora / "train.jsonl.gz")
    docs = read_syntax(corpora / "train.conllu.gz")
    return [
        *attribution_examples(articles, tokenizer),
        *syntax_examples(docs, labels, tokenizer),
    ]


def new_network(labels: dict[str, list[str]], shape: Shape = SMALL, seed: int = 0) -> Network:
    torch.manual_seed(seed)
    return Network(Encoder(shape), labels, dropout=0.0)


@pytest.fixture(scope="module")
def checkpoint(
    examples: list[Example],
    labels: dict[str, list[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    network = new_network(labels)
    train(network, examples, RECIPE)
    path = tmp_path_factory.mktemp("run") / "checkpoint.pt"
    save(network, RECIPE, path)
    return path


@pytest.fixture(scope="module")
def model(checkpoint: Path) -> Path:
    folder = checkpoint.parent / "model"
    export(load(checkpoint), TOKENIZER, folder, name="tiny", version="1")
    return folder


def test_an_unseen_sentence_is_read_by_the_exported_model(model: Path) -> None:
    doc = pipeline.load(model)("Zoe said nobody slept.")
    assert [(token.tag_, token.dep_) for token in doc][:2] == [("NNP", "nsubj"), ("VBD", "ROOT")]
    (found,) = doc._.attributions
    assert (found.source.text, found.cue.text) == ("Zoe", "said")
    assert [span.text for span in found.content] == ["nobody slept"]


def test_the_exported_encoder_gives_what_the_trained_one_gives(
    checkpoint: Path, model: Path
) -> None:
    network, shipped = load(checkpoint), load_model(model)
    doc = spacy.blank("en")("Ann said the ferry was late. It was. " * 12)
    (window,) = windows(doc, shipped.tokenizer)
    assert window.blocks == 2
    example = next(attribution_examples([Article("1", doc, [])], shipped.tokenizer))
    with torch.no_grad():
        wanted = _encoded(network, collate([example], CPU))[0].numpy()
    pieces = window.pieces.reshape(window.blocks, -1)
    features = window.features.reshape(*pieces.shape, -1)
    (found,) = shipped.encoder.run(None, {"pieces": pieces, "features": features})
    assert found.shape == (*pieces.shape, SMALL.width)
    found = found.reshape(wanted.shape)
    cosine = (
        (wanted * found).sum(1) / np.linalg.norm(wanted, axis=1) / np.linalg.norm(found, axis=1)
    )
    assert cosine.min() > 0.98  # int8


def _encoded(network: Network, batch: Batch) -> torch.Tensor:
    return network.encoder(batch.pieces, batch.features, batch.mask, batch.blocks)


def test_no_two_products_overflow_16_bits(model: Path) -> None:
    graph = onnx.load(model / "encoder.onnx").graph
    constants = {one.name: onnx.numpy_helper.to_array(one) for one in graph.initializer}
    products = [node for node in graph.node if node.op_type == "DynamicQuantizeMatMul"]
    assert len(products) == 4 * SMALL.layers
    for product in products:
        weight = constants[product.input[1]].astype(int)
        assert weight.max() > 100  # the range is used
        assert abs(255 * (weight[::2] + weight[1::2])).max() < 1 << 15


def test_a_seed_gives_the_same_weights_again(
    examples: list[Example], labels: dict[str, list[str]]
) -> None:
    def weights(seed: int) -> dict[str, torch.Tensor]:
        network = new_network(labels)
        train(network, examples, Recipe(epochs=1, batch=4, seed=seed))
        return network.state_dict()

    one, other, different = weights(3), weights(3), weights(4)
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert not all(torch.equal(one[name], different[name]) for name in one)


def test_padding_and_other_windows_change_nothing(
    checkpoint: Path, examples: list[Example]
) -> None:
    network = load(checkpoint)
    long = _long_example()
    with torch.no_grad():
        alone = _encoded(network, collate(examples[:1], CPU))[0]
        beside = _encoded(network, collate([examples[0], long], CPU))[0]
    assert len(beside) > len(alone)
    torch.testing.assert_close(beside[: len(alone)], alone, rtol=0, atol=1e-4)


def _long_example() -> Example:
    doc = spacy.blank("en")("Ann said it rained. " * 30)
    return next(attribution_examples([Article("1", doc, [])], load_tokenizer(TOKENIZER)))


def test_local_layers_see_their_own_block_alone(labels: dict[str, list[str]]) -> None:
    shape = replace(SMALL, layers=1)
    long = _long_example()
    changed = replace(long, pieces=np.where(np.arange(len(long.pieces)) == 2, 4000, long.pieces))

    def last(local: tuple[int, ...], example: Example) -> torch.Tensor:
        network = new_network(labels, replace(shape, local=local)).eval()
        with torch.no_grad():
            return _encoded(network, collate([example], CPU))[0, -1]

    assert torch.equal(last((0,), long), last((0,), changed))
    assert not torch.equal(last((), long), last((), changed))


def test_the_network_learns_its_corpora(checkpoint: Path, examples: list[Example]) -> None:
    network = load(checkpoint)
    articles = [example for example in examples if example.fold is not None]
    treebanks = [example for example in examples if example.fold is None]
    assert exact_f1(network, articles, CPU)["all"] > 90
    assert attachment(network, treebanks, CPU)["head"] > 90


def test_articles_get_the_syntax_that_a_network_has_learned(
    checkpoint: Path, examples: list[Example]
) -> None:
    parsed = with_syntax(load(checkpoint), examples, CPU)
    network = load(checkpoint)
    for before, after in zip(examples, parsed, strict=True):
        words = len(before.paragraph)
        assert all(len(after.gold[name]) == words for name in ("tag", "head", "sentence"))
        if before.fold is None:
            assert after is before
        else:
            assert np.array_equal(after.gold["last"], before.gold["last"])
            assert after.gold["head"].max() <= words
    tags = [network.labels["tag"][tag] for tag in parsed[0].gold["tag"][:2]]
    assert tags == ["NNP", "VBD"]


def test_a_pupil_is_taught_by_teachers_that_have_not_seen_the_article(
    examples: list[Example], labels: dict[str, list[str]], tmp_path: Path
) -> None:
    paths = [tmp_path / f"{number}.pt" for number in range(2)]
    for number, path in enumerate(paths):
        save(new_network(labels, seed=number), Recipe(without=number), path)
    teachers = [load_teacher(path) for path in paths]
    chosen = [replace(examples[0], fold=0), replace(examples[0], fold=1), examples[-1]]
    taught = lessons(teachers, chosen, CPU)
    for number, by in ((0, [0]), (1, [1]), (2, [0, 1])):
        batch = collate([chosen[number]], CPU)
        wanted = taught.stacked([number], batch.paragraph.shape[1])
        with torch.no_grad():
            readings = [
                attribution_choices(t.network, t.network.words(batch), batch)
                for t in (teachers[i] for i in by)
            ]
        for name, kept in wanted.items():
            mean = torch.stack([r[name].scores.softmax(-1) for r in readings]).mean(0)
            _assert_likeliest(kept.choices, kept.shares, mean)


def _assert_likeliest(
    choices: torch.Tensor, shares: torch.Tensor, all_shares: torch.Tensor
) -> None:
    """Of half precision, and as many as a lesson keeps."""
    size = min(KEPT, all_shares.shape[-1])
    likeliest = all_shares.topk(size).values
    torch.testing.assert_close(shares[..., :size], likeliest, rtol=0, atol=5e-3)
    found = all_shares.gather(-1, choices).where(shares > 0, 0)
    torch.testing.assert_close(found, shares, rtol=0, atol=5e-3)


def test_what_is_wanted_of_a_batch_fits_its_padding(
    checkpoint: Path, examples: list[Example]
) -> None:
    teacher = load_teacher(checkpoint)
    chosen = [_long_example(), examples[0]]
    taught = lessons([teacher], chosen, CPU)
    batch = collate(chosen, CPU)
    wanted = taught.stacked([0, 1], batch.paragraph.shape[1])
    with torch.no_grad():
        found = attribution_choices(teacher.network, teacher.network.words(batch), batch)
    for name, choice in found.items():
        right = choice.scores.softmax(-1)[batch.words]
        kept = wanted[name]
        _assert_likeliest(kept.choices[batch.words], kept.shares[batch.words], right)


def test_a_window_of_one_word_has_fewer_choices_than_a_lesson_keeps(
    checkpoint: Path, examples: list[Example]
) -> None:
    word = examples[0]
    word = replace(
        word,
        first_piece=word.first_piece[:1],
        paragraph=word.paragraph[:1],
        gold={name: labels[:1] for name, labels in word.gold.items()},
    )
    teacher = load_teacher(checkpoint)
    wanted = lessons([teacher], [word], CPU).stacked([0], 1)
    batch = collate([word], CPU)
    with torch.no_grad():
        found = attribution_choices(teacher.network, teacher.network.words(batch), batch)
    assert loss_of(found, wanted, 1.0).isfinite()
    assert wanted["last"].shares.sum() == pytest.approx(1, abs=2e-3)


def test_what_differs_from_a_teacher_costs(checkpoint: Path, examples: list[Example]) -> None:
    network = load(checkpoint)
    batch = collate(examples[:2], CPU)
    with torch.no_grad():
        found = attribution_choices(network, network.words(batch), batch)
    own, other = {}, {}
    for name, choice in found.items():
        shares = choice.scores.softmax(-1)
        every = torch.arange(shares.shape[-1]).expand(shares.shape)
        own[name] = Wanted(every, shares)
        other[name] = Wanted(every, shares.flip(-1))
    gold = loss_of(found, {}, 0.5)
    assert loss_of(found, own, 0.0) == pytest.approx(float(gold), rel=1e-5)
    assert loss_of(found, own, 1.0) < loss_of(found, other, 1.0)


def test_words_that_nobody_has_labelled_cost_nothing(
    checkpoint: Path, examples: list[Example]
) -> None:
    network = load(checkpoint)
    bare = replace(examples[-1], gold={})
    batch = collate([bare], CPU)
    assert (batch.gold["tag"] == IGNORE).all()
    assert float(loss_of(choices(network, network.words(batch), batch), {}, 0.5).detach()) == 0


def test_pruning_keeps_what_matters(checkpoint: Path, examples: list[Example]) -> None:
    network = load(checkpoint)
    layer = network.encoder.layers[0]
    with torch.no_grad():  # the second head and all but 32 channels say nothing
        layer.mixed.weight[:, SMALL.head_width :] = 0
        layer.outer.weight[:, 32:] = 0
        network.encoder.layers[1].mixed.weight[:, : SMALL.head_width] = 0
        network.encoder.layers[1].outer.weight[:, 32:] = 0
    shape = replace(SMALL, heads=1, inner=32)
    smaller = pruned(network, matters(network, examples, CPU), shape).eval()
    assert smaller.encoder.shape == shape
    batch = collate(examples[:2], CPU)
    with torch.no_grad():
        torch.testing.assert_close(
            _encoded(smaller, batch)[batch.mask.bool()],
            _encoded(network, batch)[batch.mask.bool()],
            rtol=0,
            atol=1e-4,
        )


def test_the_mean_of_two_runs(labels: dict[str, list[str]], tmp_path: Path) -> None:
    networks = [new_network(labels, seed=number) for number in range(2)]
    paths = [tmp_path / f"{number}.pt" for number in range(2)]
    for network, path in zip(networks, paths, strict=True):
        save(network, RECIPE, path)
    average(paths, tmp_path / "mean.pt")
    one, other, mean = (n.encoder.pieces.weight for n in (*networks, load(tmp_path / "mean.pt")))
    torch.testing.assert_close(mean, (one + other) / 2)


def test_a_frozen_encoder_stays_as_it_is(checkpoint: Path, examples: list[Example]) -> None:
    network = load(checkpoint)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    train(network, examples, Recipe(epochs=3, batch=4), only="syntax", frozen=True)
    changed = {name for name, v in network.state_dict().items() if not torch.equal(v, before[name])}
    assert changed
    assert not any(name.startswith(("encoder.", "spans.")) for name in changed)


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_encoders_in_the_form_of_hugging_face_are_read(kind: str, tmp_path: Path) -> None:
    vocabulary, width = bert_vocabulary(), 4
    config = {
        "model_type": kind,
        "hidden_size": width,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 8,
        "layer_norm_eps": 1e-5,
        "pad_token_id": 1 if kind == "mpnet" else 0,
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    # MPNet's vocabulary has its own marks, and the pieces in another order.
    marks = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
    theirs = [marks.get(piece, piece) for piece in vocabulary][::-1]
    (tmp_path / "vocab.txt").write_text("\n".join(theirs) + "\n", encoding="utf-8")
    torch.manual_seed(0)
    attention = "attention.self.{}" if kind == "bert" else "attention.attn.{}"
    names = ("query", "key", "value") if kind == "bert" else ("q", "k", "v", "o")
    shapes = {attention.format(name): (width, width) for name in names}
    if kind == "bert":
        shapes["attention.output.dense"] = (width, width)
    shapes["intermediate.dense"], shapes["output.dense"] = (8, width), (width, 8)
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(len(vocabulary), width),
        "embeddings.position_embeddings.weight": torch.randn(16, width),
        "embeddings.token_type_embeddings.weight": torch.randn(2, width),
        "encoder.relative_attention_bias.weight": torch.randn(32, 2),
    }
    norms = ["attention.output.LayerNorm" if kind == "bert" else "attention.LayerNorm"]
    for name, shape in [*shapes.items(), *((n, (width,)) for n in (*norms, "output.LayerNorm"))]:
        weights[f"encoder.layer.0.{name}.weight"] = torch.randn(*shape)
        weights[f"encoder.layer.0.{name}.bias"] = torch.randn(shape[0])
    for part in ("weight", "bias"):
        weights[f"embeddings.LayerNorm.{part}"] = torch.randn(width)
    safetensors.save_file(weights, tmp_path / "model.safetensors")
    encoder = read_encoder(tmp_path, FEATURE_SIZES)
    number = vocabulary.index("[CLS]")
    row = theirs.index("<s>") if kind == "mpnet" else number
    table = weights["embeddings.word_embeddings.weight"]
    assert torch.equal(encoder.pieces.weight[number], table[row])
    assert encoder.shape.positions == (14 if kind == "mpnet" else 16)
    assert encoder.shape.distances == (kind == "mpnet")
    key = f"encoder.layer.0.{attention.format(names[0])}.weight"
    assert torch.equal(encoder.layers[0].query.weight, weights[key])


def test_a_span_that_a_window_cuts_is_one_in_each() -> None:
    doc = spacy.blank("en")("Ann said " + "very " * 300 + "late.")
    spans = [RoleSpan(0, 1, "SOURCE"), RoleSpan(1, 2, "CUE"), RoleSpan(2, 303, "CONTENT")]
    tokenizer = load_tokenizer(MODEL_PATH / "tokenizer.json")
    first, second = attribution_examples([Article("1", doc, spans)], tokenizer)
    in_first, in_second = len(first.paragraph), len(second.paragraph)
    assert ends_of(first) == [(0, 0), (1, 1), (2, in_first - 1)]
    assert ends_of(second) == [(0, in_second - 2)]  # but for the full stop


def ends_of(example: Example) -> list[tuple[int, int]]:
    """Return the first and last word of each span, by the two ways in which they are given."""
    last, first = example.gold["last"].tolist(), example.gold["first"].tolist()
    by_start = [(i, end) for i, end in enumerate(last) if end >= 0]
    by_end = [(start, i) for i, start in enumerate(first) if start >= 0]
    assert by_start == by_end
    return by_start
