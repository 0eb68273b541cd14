"""Turn texts into vectors with all-MiniLM-L6-v2, in NumPy, without torch. Loads verified files; does not fetch them."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

MAX_TOKENS = 256  # the model was trained on 256 word pieces; more adds time and no meaning
BATCH = 24
HEADS = 12
LAYERS = 6


class MiniLM(Embeddings):
    """Sentence vectors of 384 float32 numbers, length 1.

    `folder` holds model.safetensors, tokenizer.json and config.json. Each text gets the same vector whether it is
    embedded alone or in a batch, up to rounding.
    """

    name = "all-MiniLM-L6-v2"

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._weights = _join_attention(_read_safetensors(folder / "model.safetensors"))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of shape (len(texts), 384)."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch([text or " " for text in texts])]
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))  # equal lengths waste no padding
        vectors = np.empty((len(tokens), 384), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            vectors[chosen] = self._forward([tokens[i] for i in chosen])
        return vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's interface for passages."""
        return self.embed(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        """LangChain's interface for one question."""
        return self.embed([text])[0].tolist()

    def _forward(self, batch: list[list[int]]) -> np.ndarray:
        width = max(len(ids) for ids in batch)
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros((len(batch), width), dtype=np.float32)
        for row, values in enumerate(batch):
            ids[row, : len(values)] = values
            mask[row, : len(values)] = 1
        w = self._weights
        x = (
            w["embeddings.word_embeddings.weight"][ids]
            + w["embeddings.position_embeddings.weight"][:width]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._norm(x, "embeddings.LayerNorm")
        hidden = (1 - mask)[:, None, None, :] * -1e9
        for layer in range(LAYERS):
            x = self._layer(x, hidden, f"encoder.layer.{layer}.")
        pooled = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def _layer(self, x: np.ndarray, hidden: np.ndarray, name: str) -> np.ndarray:
        rows, width, size = x.shape
        projected = self._linear(x, name + "attention.self.all")
        query, key, value = projected.reshape(rows, width, 3, HEADS, size // HEADS).transpose(2, 0, 3, 1, 4)
        scores = query @ key.transpose(0, 1, 3, 2) * np.float32((size / HEADS) ** -0.5) + hidden
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(rows, width, size)
        x = self._norm(x + self._linear(mixed, name + "attention.output.dense"), name + "attention.output.LayerNorm")
        inner = _gelu(self._linear(x, name + "intermediate.dense"))
        return self._norm(x + self._linear(inner, name + "output.dense"), name + "output.LayerNorm")

    def _linear(self, x: np.ndarray, name: str) -> np.ndarray:
        # One flat product: NumPy would otherwise run one small product for each row of the batch. With the weights on the
        # left it is a third faster for the few rows of one message.
        flat = (self._weights[name + ".weight"] @ x.reshape(-1, x.shape[-1]).T).T + self._weights[name + ".bias"]
        return flat.reshape(*x.shape[:-1], -1)

    def _norm(self, x: np.ndarray, name: str) -> np.ndarray:
        mean = x.mean(-1, keepdims=True)
        centred = x - mean
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-12)
        return centred / spread * self._weights[name + ".weight"] + self._weights[name + ".bias"]


def _gelu(x: np.ndarray) -> np.ndarray:
    # Abramowitz and Stegun 7.1.26 for erf, error below 1.5e-7: NumPy has no erf and SciPy would be 40 MB for it.
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = ((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t + 0.254829592
    erf = 1 - series * t * np.exp(-z * z)
    return (x * 0.5 * (1 + np.sign(x) * erf)).astype(np.float32)


def _join_attention(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    # Query, key and value in one matrix: one product in place of three.
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}.attention.self."
        for kind in (".weight", ".bias"):
            parts = [weights.pop(f"{name}{part}{kind}") for part in ("query", "key", "value")]
            weights[f"{name}all{kind}"] = np.concatenate(parts)
    return weights


def _read_safetensors(path: Path) -> dict[str, np.ndarray]:
    # Format: 8 bytes header length, a JSON header with offsets, then raw tensors. No code is ever read from it.
    data = np.memmap(path, dtype=np.uint8, mode="r")
    length = int(data[:8].view("<u8")[0])
    header = json.loads(bytes(data[8 : 8 + length]))
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        first, last = entry["data_offsets"]
        raw = data[8 + length + first : 8 + length + last]
        # a copy in memory: the file is not aligned for the matrix library, which would copy at every call
        tensors[name] = np.array(np.frombuffer(raw, dtype="<f4").reshape(entry["shape"]))
    return tensors
