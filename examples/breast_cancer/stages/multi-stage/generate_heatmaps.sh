#!/bin/bash
# Stage 3, one exam: a heat map for each class and image.
set -euo pipefail
pfs=${PFS:-/pfs}
exam=$(ls "$pfs/crop" | head -n 1)
exec python3 -m mammo.generate_heatmaps \
  --images "$pfs/crop/$exam/cropped_images" \
  --exams "$pfs/extract_centers/$exam/data.pkl" \
  --model "$pfs/models/patch_model.npz" \
  --out "$pfs/out/$exam/heatmaps"
