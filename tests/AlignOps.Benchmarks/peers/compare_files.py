"""Holds what AlignOps wrote against PEFT, transformers and llama.cpp.

    dotnet run -c Release --project tests/AlignOps.Benchmarks -- prove files --output DIR
    python3 tests/AlignOps.Benchmarks/peers/compare_files.py DIR [--llama-cpp SOURCES] [--llama-server llama-server]

Needs torch, transformers and peft. With --llama-cpp (a checkout: convert_hf_to_gguf.py and its conversion package) the merges are converted to GGUF and asked
through llama-server. Exit code 0 where everything agrees; each comparison prints the largest difference it saw.
"""
import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM

# Of log-probabilities. fp32 against fp32 differs by the order of sums; bf16 weights are the same bits on both sides, and both compute in fp32 here.
LOGITS = 2e-4
# Of the drawn tokens' log-probabilities; llama.cpp is asked to keep its caches in fp32.
LLAMA_CPP = 1e-3

failures = []


def report(case, what, value, limit, more=""):
    ok = value <= limit
    print(f"{case:15s} {what:58s} {value:9.2e}  (at most {limit:.0e}) {'ok' if ok else 'DIFFERS'} {more}")
    if not ok:
        failures.append((case, what))


def lines(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def load(directory):
    return AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, attn_implementation="eager").eval()


@torch.no_grad()
def log_probabilities(model, tokens):
    logits = model(torch.tensor([tokens])).logits[0].double()
    return torch.log_softmax(logits, dim=-1)


def score_difference(model, scores):
    largest = 0.0
    for row in scores:
        table = log_probabilities(model, row["tokens"])
        for at, ours in zip(row["scored"], row["log_probabilities"]):
            largest = max(largest, abs(table[at - 1, row["tokens"][at]].item() - ours))
    return largest


@torch.no_grad()
def greedy_agreement(model, prompts, said):
    """How many continuations are equal token for token, by steps without a cache."""
    end = model.config.eos_token_id
    ends = set(end if isinstance(end, list) else [end])
    equal = 0
    for tokens, ours in zip(prompts, said):
        text = []
        while len(text) < 24:
            token = int(model(torch.tensor([tokens + text])).logits[0, -1].argmax())
            if token in ends:
                break
            text.append(token)
        equal += text == ours["tokens"]
    return equal


def prompts_of(folder, name):
    said = lines(folder / f"{name}.greedy.jsonl")
    scores = lines(folder / f"{name}.scores.jsonl")
    return [row["tokens"][: one["prompt_tokens"]] for row, one in zip(scores, said)], said


def compare_models(case, folder):
    for name, model in [
        ("base", lambda: load(folder / "base")),
        ("adapter", lambda: PeftModel.from_pretrained(load(folder / "base"), folder / "adapter").eval()),
        ("merged", lambda: load(folder / "merged")),
    ]:
        peer = "PEFT on transformers" if name == "adapter" else "transformers"
        loaded = model()
        scores = lines(folder / f"{name}.scores.jsonl")
        report(case, f"{name}: log-probabilities, {peer} against alignops score", score_difference(loaded, scores), LOGITS, f"{sum(row['count'] for row in scores)} tokens")
        prompts, said = prompts_of(folder, name)
        equal = greedy_agreement(loaded, prompts, said)
        report(case, f"{name}: greedy texts that differ from alignops generate", len(said) - equal, 0, f"{equal} of {len(said)} equal")
        if name == "adapter":
            merge(case, folder, loaded)


def merge(case, folder, adapted):
    """PEFT's own merge against ours, weight by weight: in fp32 to rounding, in bf16 to the last place of the weight."""
    theirs = adapted.merge_and_unload(safe_merge=True).state_dict()
    stored = AutoModelForCausalLM.from_pretrained(folder / "merged").state_dict()
    largest = max(((theirs[key] - value.float()).abs() / theirs[key].abs().clamp(min=0.1)).max().item() for key, value in stored.items())
    bits = next(iter(stored.values())).dtype
    report(case, f"merge: weights against PEFT's merge_and_unload, {bits}", largest, 1e-6 if bits == torch.float32 else 2 ** -8)


def convert(sources, folder):
    """Runs the real converter. Our small tokenizers are not in its table of known ones: it is told which of llama.cpp's pre-tokenizers theirs is."""
    driver = (
        "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "from conversion import base\n"
        "base.TextModel.get_vocab_base_pre = lambda self, tokenizer: %r\n"
        "import runpy; runpy.run_path(sys.path[0] + '/convert_hf_to_gguf.py', run_name='__main__')\n"
    ) % pre_tokenizer(folder)
    target, source = folder / "merged.gguf", folder / "gguf-source"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(folder / "merged", source)
    config = json.load(open(source / "config.json", encoding="utf-8"))
    scaling = config.get("rope_scaling") or config.get("rope_parameters") or {}
    if "original_max_position_embeddings" in scaling:
        # The converter looks for Llama 3's original length at the top of the config alone, and takes 8192 where it is not there.
        config["original_max_position_embeddings"] = scaling["original_max_position_embeddings"]
        json.dump(config, open(source / "config.json", "w", encoding="utf-8"))
    environment = dict(os.environ, PYTHONPATH=f"{sources}/gguf-py:{os.environ.get('PYTHONPATH', '')}")
    subprocess.run(
        [sys.executable, "-c", driver, str(sources), str(source), "--outfile", str(target), "--outtype", "f32"],
        check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return target


def pre_tokenizer(folder):
    kinds = json.dumps(json.load(open(folder / "merged" / "tokenizer.json", encoding="utf-8"))["pre_tokenizer"])
    return "smollm" if "Digits" in kinds else "gpt-2"


def ask(port, path, body):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


def compare_llama_cpp(case, folder, sources, server):
    gguf = convert(sources, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = open(folder / "llama-server.log", "w")
    process = subprocess.Popen(
        [server, "-m", str(gguf), "--port", str(port), "-c", "256", "-t", "1", "-np", "1", "--no-warmup", "-ctk", "f32", "-ctv", "f32", "-fa", "off"], stdout=log, stderr=log)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(f"llama-server ended; see {folder}/llama-server.log")
                time.sleep(0.5)
        prompts, said = prompts_of(folder, "merged")
        equal, largest, texts = 0, 0.0, 0
        for tokens, ours in zip(prompts, said):
            answer = ask(port, "/completion", {"prompt": tokens, "n_predict": 24, "temperature": 0, "n_probs": 1, "return_tokens": True, "cache_prompt": False})
            # The end token is reported by some versions and not by others.
            theirs = answer["tokens"][: len(ours["tokens"])] if len(answer["tokens"]) <= len(ours["tokens"]) + 1 else answer["tokens"]
            equal += theirs == ours["tokens"]
            texts += answer["content"] == ours["text"]
            for one, probability in zip(answer["completion_probabilities"], ours["log_probabilities"]):
                largest = max(largest, abs(one["logprob"] - probability))
        report(case, "merged GGUF: greedy tokens that differ, llama.cpp", len(said) - equal, 0, f"{equal} of {len(said)} equal, {texts} texts equal")
        report(case, "merged GGUF: log-probabilities of those tokens, llama.cpp", largest, LLAMA_CPP)
        different = 0
        rows = lines(folder / "rows.jsonl")
        for row, one in zip(rows, said):
            content = row["messages"][0]["content"]
            theirs = ask(port, "/tokenize", {"content": content, "add_special": False})["tokens"]
            scored = lines(folder / "merged.scores.jsonl")[rows.index(row)]["tokens"]
            different += not any(scored[i : i + len(theirs)] == theirs for i in range(len(scored)))
        report(case, "merged GGUF: prompts tokenized otherwise, llama.cpp", different, 0)
    finally:
        process.terminate()
        process.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--llama-cpp", type=Path)
    parser.add_argument("--llama-server", default="llama-server")
    parser.add_argument("--only", help="one case by its folder's name")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    for folder in sorted(path for path in asked.folder.iterdir() if (path / "adapter").is_dir() and asked.only in (None, path.name)):
        compare_models(folder.name, folder)
        if asked.llama_cpp:
            compare_llama_cpp(folder.name, folder, asked.llama_cpp, asked.llama_server)
    print("all agree" if not failures else f"{len(failures)} differ")
    return 1 if failures else 0


sys.exit(main())
