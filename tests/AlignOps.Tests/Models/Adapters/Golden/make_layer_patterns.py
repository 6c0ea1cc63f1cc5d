"""Writes layer-patterns.json: which rank, alpha and scaling real PEFT gives every linear layer of a small Llama, for configurations that are easily misread.

Run with torch, transformers and PEFT's sources on PYTHONPATH:  python3 make_layer_patterns.py layer-patterns.json
"""
import json
import sys

from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

SHORT = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
CASES = [
    dict(r=8, lora_alpha=16, target_modules=SHORT),
    dict(r=8, lora_alpha=16, target_modules=SHORT, use_rslora=True),
    dict(r=8, lora_alpha=16, target_modules=["q_proj", "v_proj"], rank_pattern={"q_proj": 2}),
    dict(r=8, lora_alpha=16, target_modules=SHORT, rank_pattern={"q_proj": 2}, alpha_pattern={"v_proj": 4, "q_proj": 3}, use_rslora=True),
    # The first pattern of several that match counts, not the most exact.
    dict(r=8, lora_alpha=16, target_modules=SHORT, rank_pattern={"self_attn.*": 3, "layers.1.self_attn.q_proj": 5}),
    dict(r=8, lora_alpha=16, target_modules=SHORT, rank_pattern={"layers.1.self_attn.q_proj": 5, "self_attn.*": 3}),
    # A pattern begins at a dot: 'proj' and 'attn.q_proj' match nothing, '.*_proj' matches everything.
    dict(r=8, lora_alpha=16, target_modules=SHORT, rank_pattern={"proj": 2, "attn.q_proj": 3, "k_proj": 4}),
    dict(r=8, lora_alpha=16, target_modules=SHORT, rank_pattern={".*_proj": 6}, alpha_pattern={"(gate|up)_proj": 9}),
    # Layer 1 is not layer 11.
    dict(r=8, lora_alpha=16, target_modules=SHORT, rank_pattern={"layers.1.mlp.up_proj": 2, r"layers\.[02]\.mlp\.\w+": 7}),
    dict(r=8, lora_alpha=16, target_modules=SHORT, rank_pattern={"^model.layers.0.self_attn.k_proj": 3, "model.layers.10.self_attn.o_proj": 1}),
    dict(r=8, lora_alpha=16, target_modules=SHORT, alpha_pattern={"layers.(?:3|4)..*": 24, "down_proj": 0.5}),
    dict(r=8, lora_alpha=16, target_modules=SHORT, rank_pattern={"self_attn": 2, "mlp": 3}),
    # Targets by longer ends of a path; 'up_proj' is no end of 'group_proj', and a layer number is taken as it is written.
    dict(r=4, lora_alpha=4, target_modules=["layers.3.self_attn.q_proj", "mlp.down_proj", "model.layers.11.self_attn.v_proj"]),
    dict(r=4, lora_alpha=4, target_modules=["self_attn.o_proj", "layers.1.mlp.gate_proj"], rank_pattern={"gate_proj": 2}),
]


def layers_of(case):
    config = LlamaConfig(vocab_size=16, hidden_size=16, intermediate_size=24, num_hidden_layers=12, num_attention_heads=2, num_key_value_heads=2, max_position_embeddings=16)
    model = get_peft_model(LlamaForCausalLM(config), LoraConfig(task_type="CAUSAL_LM", **case))
    found = {}
    for name, module in model.base_model.model.named_modules():
        if hasattr(module, "lora_A") and "default" in module.lora_A:
            found[name] = [module.r["default"], module.scaling["default"]]
    return found


with open(sys.argv[1], "w") as file:
    cases = [{"config": case, "layers": layers_of(case)} for case in CASES]
    file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
