#!/bin/bash
# Stage 5, one exam: lay the heat maps over the images.
set -euo pipefail
pfs=${PFS:-/pfs}
exam=$(ls "$pfs/crop" | head -n 1)
exec python3 -m mammo.visualize_heatmaps \
  --images "$pfs/crop/$exam/cropped_images" \
  --heatmaps "$pfs/generate_heatmaps/$exam/heatmaps" \
  --out "$pfs/out/$exam"
