"""Writes families.json: small policies of each family in transformers, their scores, gradients and greedy text, in double precision;
and saved.zip: the directories that save_pretrained makes of three of them, in shards.

    OMP_NUM_THREADS=1 python3 make_families.py families.json saved.zip        (PyTorch 2.14.1, transformers 5.12.1)

Each config.json below is read by transformers and by AlignOps as it stands; half of them have the keys from before transformers 5, half the new ones.
Weights and tokens come from the integer hash of make_golden.py, so that no binary file is needed; weights are rounded to the config's dtype first.
Transformers' norms leave double precision for single; here they stay, so that what remains of fp32 is the rotary angles, which are defined in it.
The loss is a sum of log-probabilities with weights of both signs over the root of their number: its gradients are of the order of one.
"""
import json
import os
import sys
import tempfile
import zipfile
import torch
from transformers import AutoConfig, AutoModelForCausalLM
from transformers.models.llama.modeling_llama import LlamaRMSNorm
from transformers.models.mistral.modeling_mistral import MistralRMSNorm
from transformers.models.qwen2.modeling_qwen2 import Qwen2RMSNorm
from transformers.models.qwen3.modeling_qwen3 import Qwen3RMSNorm

LLAMA = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "attention_dropout": 0.0, "initializer_range": 0.02, "use_cache": True}
QWEN2 = LLAMA | {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "use_sliding_window": False}

CONFIGS = {
    # As many key-value heads as query heads; keys of transformers 4.
    "llama2": LLAMA | {
        "vocab_size": 80, "hidden_size": 48, "intermediate_size": 72, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 4,
        "max_position_embeddings": 256, "rms_norm_eps": 1e-05, "rope_scaling": None, "tie_word_embeddings": False, "attention_bias": False, "mlp_bias": False,
        "bos_token_id": 1, "eos_token_id": 2, "pretraining_tp": 1, "torch_dtype": "float16"},
    # Two ends, long wavelengths stretched; positions reach four times the original length.
    "llama3": LLAMA | {
        "vocab_size": 90, "hidden_size": 64, "intermediate_size": 80, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
        "max_position_embeddings": 512, "rms_norm_eps": 1e-05, "rope_theta": 500000.0, "tie_word_embeddings": False, "attention_bias": False, "mlp_bias": False,
        "rope_scaling": {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 48, "rope_type": "llama3"},
        "bos_token_id": 70, "eos_token_id": [71, 73], "torch_dtype": "bfloat16"},
    # Biases everywhere; every position counts as a quarter.
    "llama-linear": LLAMA | {
        "vocab_size": 60, "hidden_size": 40, "intermediate_size": 52, "num_hidden_layers": 2, "num_attention_heads": 5, "num_key_value_heads": 1, "head_dim": 12,
        "max_position_embeddings": 256, "rms_norm_eps": 1e-05, "tie_word_embeddings": False, "attention_bias": True, "mlp_bias": True,
        "rope_parameters": {"rope_type": "linear", "factor": 4.0, "rope_theta": 10000.0}, "bos_token_id": 1, "eos_token_id": 2, "dtype": "float32"},
    # Every key that yarn has.
    "llama-yarn": LLAMA | {
        "vocab_size": 64, "hidden_size": 48, "intermediate_size": 60, "num_hidden_layers": 2, "num_attention_heads": 3, "num_key_value_heads": 3,
        "max_position_embeddings": 256, "rms_norm_eps": 1e-06, "tie_word_embeddings": True, "attention_bias": False, "mlp_bias": False,
        "rope_parameters": {
            "rope_type": "yarn", "factor": 6.0, "original_max_position_embeddings": 40, "rope_theta": 20000.0, "attention_factor": 1.3,
            "beta_fast": 6.0, "beta_slow": 0.5, "truncate": False}, "bos_token_id": 1, "eos_token_id": 2, "dtype": "float32"},
    # Biases on queries, keys and values.
    "qwen2": QWEN2 | {
        "vocab_size": 85, "hidden_size": 56, "intermediate_size": 68, "num_hidden_layers": 2, "num_attention_heads": 7, "num_key_value_heads": 1,
        "max_position_embeddings": 256, "max_window_layers": 1, "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "sliding_window": 32, "tie_word_embeddings": True,
        "bos_token_id": 3, "eos_token_id": 4, "torch_dtype": "bfloat16"},
    # As Qwen2.5's cards ask for it, with mscale beside; the last layer sees a window.
    "qwen2-yarn": QWEN2 | {
        "vocab_size": 70, "hidden_size": 48, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
        "max_position_embeddings": 256, "max_window_layers": 1, "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "sliding_window": 50, "tie_word_embeddings": False,
        "rope_scaling": {"factor": 4.0, "original_max_position_embeddings": 64, "type": "yarn", "mscale": 1.2, "mscale_all_dim": 0.7},
        "use_sliding_window": True, "bos_token_id": 3, "eos_token_id": 4, "torch_dtype": "float32"},
    # A norm for each head, wider heads than hidden size / heads.
    "qwen3": LLAMA | {
        "architectures": ["Qwen3ForCausalLM"], "model_type": "qwen3",
        "vocab_size": 75, "hidden_size": 48, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 20,
        "max_position_embeddings": 256, "max_window_layers": 2, "rms_norm_eps": 1e-06, "sliding_window": None, "use_sliding_window": False, "tie_word_embeddings": True,
        "layer_types": ["full_attention", "full_attention"], "attention_bias": False, "rope_parameters": {"rope_type": "default", "rope_theta": 1000000.0},
        "bos_token_id": 3, "eos_token_id": [4, 5], "dtype": "bfloat16"},
    # Every layer sees a window that most of the tokens have left behind.
    "mistral": LLAMA | {
        "architectures": ["MistralForCausalLM"], "model_type": "mistral",
        "vocab_size": 64, "hidden_size": 48, "intermediate_size": 70, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16,
        "max_position_embeddings": 256, "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "sliding_window": 37, "tie_word_embeddings": False,
        "bos_token_id": 1, "eos_token_id": 2, "torch_dtype": "float16"},
    # Nine heads over three.
    "smollm2": LLAMA | {
        "vocab_size": 96, "hidden_size": 72, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 9, "num_key_value_heads": 3,
        "max_position_embeddings": 256, "rms_norm_eps": 1e-05, "rope_theta": 100000, "rope_scaling": None, "rope_interleaved": False, "tie_word_embeddings": True,
        "attention_bias": False, "mlp_bias": False, "pretraining_tp": 1, "bos_token_id": 1, "eos_token_id": 2, "torch_dtype": "bfloat16"},
}

def bits(stream, index):
    x = (index * 2654435761 + stream * 2246822519 + 374761393) & 0xFFFFFFFF
    x = ((x ^ (x >> 15)) * 2246822519) & 0xFFFFFFFF
    x = ((x ^ (x >> 13)) * 3266489917) & 0xFFFFFFFF
    return x ^ (x >> 16)


def unit(stream, index):
    """Uniform in [-1, 1)."""
    return bits(stream, index) / 2147483648.0 - 1.0


# Of each sequence, the tokens of its prompt and its whole length.
LENGTHS = [(150, 190), (20, 70), (3, 30)]


def exact_norm(self, x):
    return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.variance_epsilon))


def new_model(config):
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/config.json", "w") as file:
            json.dump(config, file)
        model = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(folder), dtype=torch.float32, attn_implementation="sdpa")
    stored = getattr(torch, config.get("dtype") or config["torch_dtype"])
    model = model.to(torch.float64).eval()
    for stream, (name, parameter) in enumerate(model.named_parameters()):
        scale, centre = (0.3, 0.0) if name.endswith(".bias") else (0.2, 1.0) if parameter.dim() == 1 else (1.7 * parameter.shape[1] ** -0.5, 0.0)
        values = torch.tensor([centre + scale * unit(stream, i) for i in range(parameter.numel())], dtype=torch.float64)
        with torch.no_grad():
            parameter.copy_(values.to(torch.float32).to(stored).to(torch.float64).view(parameter.shape))
    return model


def sequences(vocabulary):
    return [([bits(900 + i, t) % vocabulary for t in range(length)], prompt) for i, (prompt, length) in enumerate(LENGTHS)]


def scores(model, vocabulary):
    """log pi of every answer token, one tensor a sequence; each alone, so that nothing is padded."""
    found = []
    for tokens, prompt in sequences(vocabulary):
        log = torch.log_softmax(model(torch.tensor([tokens])).logits[0], -1)
        found.append(torch.stack([log[t - 1, tokens[t]] for t in range(prompt, len(tokens))]))
    return found


def save(config, name, archive):
    """What save_pretrained writes, with nothing in the archive that changes from run to run."""
    with tempfile.TemporaryDirectory() as folder:
        new_model(config).to(getattr(torch, config.get("dtype") or config["torch_dtype"])).save_pretrained(folder, max_shard_size="30KB")
        for file in sorted(os.listdir(folder)):
            entry = zipfile.ZipInfo(f"{name}/{file}", (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with open(f"{folder}/{file}", "rb") as content:
                archive.writestr(entry, content.read())


def number(value):
    return float(f"{value:.12g}")


def digest(tensor):
    """Sum, length, and eight elements from all over."""
    values = tensor.detach().flatten()
    return {"sum": number(values.sum().item()), "norm": number(values.norm().item()), "some": [number(values[i * 7919 % len(values)].item()) for i in range(8)]}


def golden(config):
    model, vocabulary = new_model(config), config["vocab_size"]
    found = scores(model, vocabulary)
    everything = torch.cat(found)
    (sum(unit(950, i) * value for i, value in enumerate(everything)) / len(everything) ** 0.5).backward()
    greedy = []
    for tokens, prompt in sequences(vocabulary):
        answer = model.generate(torch.tensor([tokens[:prompt]]), attention_mask=torch.ones(1, prompt, dtype=torch.long), max_new_tokens=24, do_sample=False, pad_token_id=0)
        greedy.append(answer[0, prompt:].tolist())
    return {
        "config": config,
        "scores": [[number(value.item()) for value in sequence] for sequence in found],
        "gradients": {name: digest(parameter.grad) for name, parameter in model.named_parameters()},
        "greedy": greedy}


torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)
for norm in [LlamaRMSNorm, MistralRMSNorm, Qwen2RMSNorm, Qwen3RMSNorm]:
    norm.forward = exact_norm
with open(sys.argv[1], "w") as output:
    output.write("{" + ",\n".join(f"{json.dumps(name)}: {json.dumps(golden(config))}" for name, config in CONFIGS.items()) + "}\n")
with zipfile.ZipFile(sys.argv[2], "w") as archive:
    for name in ["llama3", "qwen3", "mistral"]:
        save(CONFIGS[name], name, archive)
