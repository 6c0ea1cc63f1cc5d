"""Writes golden.json: a small Llama policy in transformers and PyTorch, its scores, gradients, adapter after five AdamW steps and greedy answers.

    python3 make_golden.py > golden.json        (PyTorch 2.14.1, transformers 5.12.1; fp32, CPU)

Weights and inputs come from an integer hash, so that no binary file is needed: see unit() here and in GoldenPolicy.cs.
"""
import json
import torch
from transformers import LlamaConfig, LlamaForCausalLM

VOCABULARY, RANK, ALPHA, STEPS, RATE, DECAY, EPSILON = 64, 4, 6.0, 5, 1e-2, 0.1, 1e-3
LINEARS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def bits(stream, index):
    x = (index * 2654435761 + stream * 2246822519 + 374761393) & 0xFFFFFFFF
    x = ((x ^ (x >> 15)) * 2246822519) & 0xFFFFFFFF
    x = ((x ^ (x >> 13)) * 3266489917) & 0xFFFFFFFF
    return x ^ (x >> 16)


def unit(stream, index):
    """Uniform in [-1, 1)."""
    return bits(stream, index) / 2147483648.0 - 1.0


def fill(tensor, stream, scale, centre=0.0):
    values = [centre + scale * unit(stream, i) for i in range(tensor.numel())]
    with torch.no_grad():
        tensor.copy_(torch.tensor(values, dtype=torch.float64).to(torch.float32).view(tensor.shape))


class Lora(torch.nn.Module):
    """PEFT's formula: y = Wx + (alpha / rank) B(Ax)."""

    def __init__(self, linear, stream):
        super().__init__()
        self.linear = linear
        self.a = torch.nn.Parameter(torch.empty(RANK, linear.in_features))
        self.b = torch.nn.Parameter(torch.empty(linear.out_features, RANK))
        fill(self.a, stream, linear.in_features ** -0.5)
        fill(self.b, stream + 1, 0.3)

    def forward(self, x):
        return self.linear(x) + (ALPHA / RANK) * ((x @ self.a.T) @ self.b.T)


def new_model():
    config = LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, head_dim=12,
        max_position_embeddings=64, rms_norm_eps=1e-5, rope_parameters={"rope_type": "default", "rope_theta": 1000.0}, tie_word_embeddings=False,
        attention_bias=False, mlp_bias=False, eos_token_id=1, bos_token_id=None, pad_token_id=None)
    model = LlamaForCausalLM(config).to(torch.float32)
    for stream, (name, parameter) in enumerate(model.named_parameters()):
        norm = parameter.dim() == 1
        fill(parameter, stream, 0.2 if norm else 1.7 * parameter.shape[1] ** -0.5, 1.0 if norm else 0.0)
    return model


def sequences():
    made = []
    for i, (prompt, length) in enumerate([(3, 9), (3, 14), (7, 8), (1, 21)]):
        made.append(([bits(900 + i // 2, t) % VOCABULARY if t < prompt else bits(910 + i, t) % VOCABULARY for t in range(length)], prompt))
    return made


def scores(model):
    """log pi of every answer token, one tensor a sequence; each alone, so that nothing is padded."""
    result = []
    for tokens, prompt in sequences():
        log = torch.log_softmax(model(torch.tensor([tokens])).logits[0].float(), -1)
        result.append(torch.stack([log[t - 1, tokens[t]] for t in range(prompt, len(tokens))]))
    return result


def loss(model):
    """A weighted sum of log-probabilities with weights of both signs."""
    found = torch.cat(scores(model))
    return sum(unit(950, i) * value for i, value in enumerate(found)) / len(found)


def digest(tensor):
    """Sum, length, and six elements from all over."""
    values = tensor.detach().double().flatten()
    return {"sum": values.sum().item(), "norm": values.norm().item(), "some": [values[i * 7919 % len(values)].item() for i in range(6)]}


def greedy(model, prompt, count):
    tokens = list(prompt)
    with torch.no_grad():
        for _ in range(count):
            token = int(model(torch.tensor([tokens])).logits[0, -1].argmax())
            tokens.append(token)
            if token == 1:
                break
    return tokens[len(prompt):]


torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)
golden = {"made_by": f"PyTorch {torch.__version__}"}

whole = new_model()
golden["scores"] = [s.tolist() for s in scores(whole)]
loss(whole).backward()
golden["gradients"] = {name: digest(parameter.grad) for name, parameter in whole.named_parameters()}

model = new_model().requires_grad_(False)
adapter, stream = {}, 100
for layer, block in enumerate(model.model.layers):
    for module in LINEARS:
        owner = block.self_attn if hasattr(block.self_attn, module) else block.mlp
        pair = Lora(getattr(owner, module), stream)
        setattr(owner, module, pair)
        path = f"base_model.model.model.layers.{layer}.{'self_attn' if owner is block.self_attn else 'mlp'}.{module}"
        adapter[f"{path}.lora_A.weight"], adapter[f"{path}.lora_B.weight"] = pair.a, pair.b
        stream += 2

golden["adapter_scores"] = [s.tolist() for s in scores(model)]
optimizer = torch.optim.AdamW(adapter.values(), lr=RATE, betas=(0.9, 0.999), eps=EPSILON, weight_decay=DECAY)
for step in range(STEPS):
    optimizer.zero_grad()
    loss(model).backward()
    if step == 0:
        golden["adapter_gradients"] = {name: digest(parameter.grad) for name, parameter in adapter.items()}
    optimizer.step()

golden["adapter_after"] = {name: digest(parameter) for name, parameter in adapter.items()}
golden["scores_after"] = [s.tolist() for s in scores(model)]
golden["greedy_after"] = [{"prompt": tokens[:prompt], "answer": greedy(model, tokens[:prompt], 16)} for tokens, prompt in sequences()[1:]]
print("{" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in golden.items()) + "}")
