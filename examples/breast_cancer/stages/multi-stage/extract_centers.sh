#!/bin/bash
# Stage 2, one exam: find the best window of each image.
set -euo pipefail
pfs=${PFS:-/pfs}
exam=$(ls "$pfs/crop" | head -n 1)
exec python3 -m mammo.extract_centers \
  --images "$pfs/crop/$exam/cropped_images" \
  --exams "$pfs/crop/$exam/cropped_images/cropped_exam_list.pkl" \
  --out "$pfs/out/$exam/data.pkl"
