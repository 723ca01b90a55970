"""The five stages of the example, one module a stage: `python -m mammo.crop …` and so on.

Formats and methods are those that the published breast-cancer tutorial documents; the code is
ours. The two models are toys: see ../models/MODEL_CARD.md. Not for medical use.
"""
