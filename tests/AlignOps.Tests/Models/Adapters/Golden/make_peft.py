"""Writes what real PEFT saves, and what it then computes: a small Llama by transformers, an adapter with ranks and alphas by pattern and rsLoRA by PEFT.

Run with torch, transformers and PEFT's sources on PYTHONPATH:  python3 make_peft.py Peft
expected.json holds fp64 log-probabilities with the adapter beside the base, and elements of PEFT's own fp64 merge at i·7919 modulo their count.
"""
import json
import shutil
import sys
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

target = Path(sys.argv[1])
shutil.rmtree(target, ignore_errors=True)
torch.manual_seed(7)
config = LlamaConfig(
    vocab_size=48, hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, head_dim=8,
    max_position_embeddings=64, tie_word_embeddings=True, bos_token_id=1, eos_token_id=2, initializer_range=0.2)
LlamaForCausalLM(config).to(torch.float32).save_pretrained(target / "base")
lora = LoraConfig(
    r=4, lora_alpha=6, lora_dropout=0.05, use_rslora=True, task_type="CAUSAL_LM", target_modules=["q_proj", "k_proj", "o_proj", "up_proj", "down_proj"],
    rank_pattern={"layers.1.self_attn.q_proj": 7, "k_proj": 2}, alpha_pattern={"down_proj": 1.5})
model = get_peft_model(LlamaForCausalLM.from_pretrained(target / "base"), lora)
for name, parameter in model.named_parameters():
    if "lora_B" in name:
        torch.nn.init.normal_(parameter, std=0.2)
model.save_pretrained(target / "adapter")
for name in ("README.md",):
    (target / "adapter" / name).unlink(missing_ok=True)
(target / "base" / "generation_config.json").unlink(missing_ok=True)

model = PeftModel.from_pretrained(LlamaForCausalLM.from_pretrained(target / "base"), target / "adapter").double().eval()
sequences = [[(7 * i * (s + 3) + s) % 48 for i in range(length)] for s, length in enumerate([9, 17, 30, 5])]
scores = []
with torch.no_grad():
    for tokens in sequences:
        table = torch.log_softmax(model(torch.tensor([tokens])).logits[0], dim=-1)
        scores.append([table[t - 1, tokens[t]].item() for t in range(1, len(tokens))])
merged = model.merge_and_unload(safe_merge=True).state_dict()
weights = {}
for name, value in merged.items():
    if name.endswith("_proj.weight"):
        flat = value.flatten()
        weights[name] = [flat[i * 7919 % len(flat)].item() for i in range(12)]
with open(target / "expected.json", "w") as file:
    json.dump({"sequences": sequences, "scores": scores, "merged": weights}, file)

# A zip of these files, with fixed times, is peft-saved.zip.
