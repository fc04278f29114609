"""The networks of Glosstream in PyTorch: training, and export to TorchScript.

Nothing here tokenizes: ids come from `glosstream prepare` and `glosstream export`, so there is one tokenizer and one
vocabulary. Needs Python 3.9, PyTorch 1.13, NumPy, and nothing else.
"""
