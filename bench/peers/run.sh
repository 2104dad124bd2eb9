#!/usr/bin/env bash
# The peers, measured. PEERS_HOME: folder for the venv and the results (about 6 GB, most of it torch's CUDA
# libraries, which its PyPI wheel cannot be imported without). PEERS_CORE: the one core to use (default 1).
# SIMSHOP_SRC: a checkout of github ernestknurov/simshop, for simshop_speed only.
#
#   run.sh setup                     build the venv
#   run.sh NAME [--seconds S ...]    run one script, e.g. run.sh torch_dqn --seconds 2
#   run.sh all                       run every script; lines go to $PEERS_HOME/results.jsonl as well
#   run.sh report [FILE ...]         the table of those lines, as Markdown
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${PEERS_HOME:?set PEERS_HOME to a folder for the venv and the results}"
core=${PEERS_CORE:-1}
python=$PEERS_HOME/venv/bin/python
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 NUMBA_NUM_THREADS=1
export TORCHINDUCTOR_COMPILE_THREADS=1 TOKENIZERS_PARALLELISM=false CUDA_VISIBLE_DEVICES= PYTHONDONTWRITEBYTECODE=1
everything=(calibrate gym_speed torch_dqn recsim_speed recogym_speed simshop_speed mabwiser_speed obp_speed
  optuna_speed ranking_speed sb3 sb3_quality)

setup() {
  mkdir -p "$PEERS_HOME"
  [ -x "$PEERS_HOME/uv/bin/uv" ] || { python3.11 -m venv "$PEERS_HOME/uv" && "$PEERS_HOME/uv/bin/pip" install -q uv; }
  [ -x "$python" ] || "$PEERS_HOME/uv/bin/uv" venv -q --python python3.11 "$PEERS_HOME/venv"
  # --no-deps: requirements.txt is a whole freeze, and four peers pin dependencies that no longer install.
  "$PEERS_HOME/uv/bin/uv" pip install --no-deps --python "$python" -r "$here/requirements.txt"
}

measure() {
  local name=$1
  shift
  taskset -c "$core" "$python" "$here/$name.py" "$@"
}

case "${1:-}" in
  setup) setup ;;
  all)
    for name in "${everything[@]}"; do
      measure "$name" | tee -a "$PEERS_HOME/results.jsonl" || echo "$name failed" >&2
    done
    ;;
  report) shift; "$python" "$here/report.py" "${@:-$PEERS_HOME/results.jsonl}" ;;
  ""|-h|--help) sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" ;;
  *) measure "$@" ;;
esac
