#!/usr/bin/env bash
# recipe.sh DATA WORK: makes the weights that ship from the corpora in DATA, and what comes before
# them in WORK, where a step whose result is there already is not done again.
set -euo pipefail
data=$1 work=$2
mkdir -p "$work"

# step RESULT COMMAND ARGUMENTS…, where @ stands for the result.
step() {
  local result=$work/$1 argument arguments=()
  shift
  if [ -e "$result" ]; then return; fi
  for argument in "$@"; do arguments+=("${argument/#@/$result.part}"); done
  echo "== $(basename "$result")"
  "${PYTHON:-.venv/bin/python}" -m backend.training "${arguments[@]}"
  mv "$result.part" "$result"
}

step examples.pt prepare "$data" @

# No treebank here has news: its syntax is a parser's, from before anything else is learned.
step parser.pt train "$work/examples.pt" @ --start mpnet \
  --only syntax --epochs 5 --syntax-share 1 --rate 6e-5
step parsed.pt parse "$work/examples.pt" "$work/parser.pt" @

# MiniLM, fine-tuned, and with what matters least taken away.
step whole.pt train "$work/parsed.pt" @
step pruned.pt prune "$work/parsed.pt" "$work/whole.pt" @ --heads 8 --inner 768 --local 0 1 3 4

# Each teacher is trained without the articles whose lessons it gives.
for fold in 0 1 2; do
  step "teacher-$fold.pt" train "$work/parsed.pt" @ --start mpnet \
    --without "$fold" --seed "$fold" --epochs 8 --rate 6e-5 --syntax-share 0.8
done
step lessons.pt teach "$work/parsed.pt" "$work"/teacher-{0,1,2}.pt @

# The pupil, twice.
pupil=(--start "$work/pruned.pt" --lessons "$work/lessons.pt"
  --epochs 19 --batch 32 --rate 4e-4 --head-rate 1.4e-3)
step one.pt train "$work/parsed.pt" @ "${pupil[@]}" --soft 0.8 --seed 4
step other.pt train "$work/parsed.pt" @ "${pupil[@]}" --soft 0.65 --masked 0.15 --seed 5
step shipped.pt average "$work/one.pt" "$work/other.pt" @
