#!/bin/bash
# All stages in one datum, one exam. The device is the first argument; these stages run on a CPU.
set -euo pipefail
[ "${1:-cpu}" = cpu ] || echo "run.sh: no GPU stages here, running on the CPU" >&2
pfs=${PFS:-/pfs}
exam=$(ls "$pfs/sample_data" | head -n 1)
out=$pfs/out/$exam
python3 -m mammo.crop --images "$pfs/sample_data/$exam" \
  --exams "$pfs/sample_data/$exam/gen_exam_list_before_cropping.pkl" --out "$out/cropped_images"
python3 -m mammo.extract_centers --images "$out/cropped_images" \
  --exams "$out/cropped_images/cropped_exam_list.pkl" --out "$out/data.pkl"
python3 -m mammo.generate_heatmaps --images "$out/cropped_images" --exams "$out/data.pkl" \
  --model "$pfs/models/patch_model.npz" --out "$out/heatmaps"
python3 -m mammo.classify --heatmaps "$out/heatmaps" --exams "$out/data.pkl" \
  --model "$pfs/models/exam_model.json" --out "$out/imageheatmaps_predictions.csv"
python3 -m mammo.visualize_heatmaps --images "$out/cropped_images" --heatmaps "$out/heatmaps" \
  --out "$out"
