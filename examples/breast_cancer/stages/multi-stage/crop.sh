#!/bin/bash
# Stage 1, one exam: cut the breast out of each image.
set -euo pipefail
pfs=${PFS:-/pfs}
exam=$(ls "$pfs/sample_data" | head -n 1)
exec python3 -m mammo.crop \
  --images "$pfs/sample_data/$exam" \
  --exams "$pfs/sample_data/$exam/gen_exam_list_before_cropping.pkl" \
  --out "$pfs/out/$exam/cropped_images"
