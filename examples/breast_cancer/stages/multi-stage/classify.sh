#!/bin/bash
# Stage 4, one exam: four probabilities from the heat maps.
set -euo pipefail
pfs=${PFS:-/pfs}
exam=$(ls "$pfs/crop" | head -n 1)
exec python3 -m mammo.classify \
  --heatmaps "$pfs/generate_heatmaps/$exam/heatmaps" \
  --exams "$pfs/extract_centers/$exam/data.pkl" \
  --model "$pfs/models/exam_model.json" \
  --out "$pfs/out/$exam/imageheatmaps_predictions.csv"
