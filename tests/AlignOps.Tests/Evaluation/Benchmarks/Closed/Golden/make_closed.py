"""Makes closed.json: items and what lm-evaluation-harness' own code computes of them under a trigram model of bytes in double precision.

    PYTHONPATH=<lm-evaluation-harness> python3 make_closed.py > closed.json
"""
import importlib.machinery, json, math, random, sys, types


class Stub(types.ModuleType):
    """Stands for packages that the harness imports and this script does not use."""
    __path__ = []
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


for name in ("datasets", "evaluate", "sacrebleu", "sqlitedict", "more_itertools", "pytablewriter", "tqdm_multiprocess", "accelerate", "dill", "word2number"):
    if importlib.machinery.PathFinder.find_spec(name) is None:
        sys.modules[name] = Stub(name)

import numpy as np
from lm_eval import utils
from lm_eval.api.metrics import bits_per_byte, exact_match_hf_evaluate, mean, mean_stderr, weighted_perplexity
from lm_eval.api.model import TemplateLM
from lm_eval.api.task import ConfigurableTask
from lm_eval.filters.extraction import RegexFilter

VOCABULARY, EOS, POSITIONS = 257, 256, 64


def row(previous):
    v = np.arange(VOCABULARY)
    logits = 3 * np.sin(0.7 * previous + 1.3 * v + 0.01 * previous * v)
    return logits - (np.log(np.sum(np.exp(logits - logits.max()))) + logits.max())


# Log-probabilities that single precision holds, so that what is compared is the arithmetic behind them.
TABLE = np.array([row(p) for p in range(VOCABULARY)]).astype(np.float32).astype(np.float64)


class Trigram(TemplateLM):
    backend = "causal"
    eot_token_id = EOS

    def tok_encode(self, string, **_):
        return list(string.encode("utf-8"))

    def _loglikelihood_tokens(self, requests, **_):
        results = []
        for _, context, continuation in requests:
            tokens = (context + continuation)[-(POSITIONS + 1):]
            first = len(tokens) - len(continuation)
            # Two tokens back count too, or a context would add the same to each choice.
            row = lambda t: (tokens[t - 1] + 31 * (tokens[t - 2] if t > 1 else 0)) % VOCABULARY
            results.append((float(sum(TABLE[row(t)][tokens[t]] for t in range(first, len(tokens)))), False))
        return results

    def loglikelihood_rolling(self, requests, **_):
        results = []
        for text in requests:
            windows = map(utils.make_disjoint_window, utils.get_rolling_token_windows(self.tok_encode(text), EOS, POSITIONS, 1))
            results.append(sum(self._loglikelihood_tokens([(None, a, b)])[0][0] for a, b in windows))
        return results

    def generate_until(self, requests, **_):
        raise NotImplementedError

    def score(self, pairs):
        return self.loglikelihood([types.SimpleNamespace(args=p) for p in pairs])


MODEL = Trigram.__new__(Trigram)


class Task(ConfigurableTask):
    def __init__(self, kind, metrics):
        self.OUTPUT_TYPE = kind
        self._metric_fn_list = dict.fromkeys(metrics)
        self.multiple_input = self.multiple_target = False
        self._config = types.SimpleNamespace(process_results=None)

    def doc_to_choice(self, doc, *_): return doc["choices"]
    def doc_to_target(self, doc, *_): return doc.get("gold", doc.get("text"))


WORDS = "alpha beta gamma naïve 東京 🙂 delta's river, stone; 42 x=1 Übermut mañana one two three".split()
draw = random.Random(7)
text = lambda least, most: " ".join(draw.choice(WORDS) for _ in range(draw.randint(least, most)))


def choices():
    task = Task("multiple_choice", ["acc", "acc_norm", "acc_bytes", "acc_mutual_info", "brier_score"])
    items = []
    for i in range(60):
        options = []
        while len(options) < 2 + i % 4:
            option = text(1, 4)
            if option not in options:
                options.append(option)
        doc = {"context": "Question: " + text(2, 4) + (" " if i % 5 == 0 else "\nAnswer:"), "choices": options, "gold": draw.randrange(len(options))}
        # A context that ends in a space meets a choice without another one before it.
        found = MODEL.score([(doc["context"], " " + o) for o in options] + [("", " " + o) for o in options])
        metrics = task.process_results(doc, found)
        gold, softmax = metrics.pop("brier_score")
        metrics["brier_score"] = float(np.sum((softmax - np.eye(len(options))[gold]) ** 2))
        items.append(doc | {"log_likelihoods": [f[0] for f in found[:len(options)]], "metrics": {k: float(v) for k, v in metrics.items()}})
    return items


def pairs():
    items = []
    for _ in range(40):
        more, less = text(2, 6), text(2, 6)
        (a, _), (b, _) = MODEL.score([("", more), ("", less)])
        items.append({"sent_more": more, "sent_less": less, "metrics": {"pct_stereotype": float(a > b), "likelihood_diff": abs(a - b)}})
    return items


def texts():
    task = Task("loglikelihood_rolling", ["word_perplexity", "byte_perplexity", "bits_per_byte"])
    # Some are shorter than the positions, some need several windows, one has runs of white space.
    docs = [{"text": text(n, n)} for n in (1, 3, 8, 20, 40, 90)] + [{"text": " a  b\n\n c "}]
    found = [task.process_results(d, [ll]) for d, ll in zip(docs, MODEL.loglikelihood_rolling([d["text"] for d in docs]))]
    aggregate = {m: agg([f[m] for f in found]) for m, agg in (("word_perplexity", weighted_perplexity), ("byte_perplexity", weighted_perplexity), ("bits_per_byte", bits_per_byte))}
    return {"items": [d | {"log_likelihood": f["word_perplexity"][0]} for d, f in zip(docs, found)], "metrics": aggregate}


GSM8K = {"ignore_case": True, "ignore_punctuation": False, "regexes_to_ignore": [",", "\\$", "(?s).*#### ", "\\.$"]}


def answers():
    strict = RegexFilter("#### (\\-?[0-9\\.\\,]+)")
    flexible = RegexFilter("(-?[$0-9.,]{2,})|(-?[0-9]+)", group_select=-1)
    written = ["It is 12.\n#### 12", "#### 1,234", "#### -7.", "so $1,234.50 in all", "the answer is 5", "5 apples, then 6", "no number here", "", "#### 3 #### 4",
               "12 - 3 = 9 left.\n#### 9\n", "x #### $18", "-5", "the total is 18.", "#### 18.0", "9 eggs * $2 = $18", "#### 18 dollars", "....", "#### ,"]
    golds = ["a\n#### 12", "b\n#### 1234", "c\n#### -7", "d\n#### 18", "e\n#### 5", "f\n#### 6", "g\n#### 1,234.50", "h\n#### 3", "i\n#### 9"]
    items = []
    for answer in written:
        for gold in golds:
            extracted = {"strict-match": strict.apply([[answer]], [{}])[0][0], "flexible-extract": flexible.apply([[answer]], [{}])[0][0]}
            items.append({"answer": answer, "target": gold, "extracted": extracted,
                          "metrics": {k: float(exact_match_hf_evaluate([v], [gold], **GSM8K)["exact_match"]) for k, v in extracted.items()}})
    plain = []
    for a, b in [("Paris", "paris"), ("U.S.", "US"), ("route 66", "route "), ("It's", "its"), ("a-b", "ab"), ("ÄÖ", "äö"), ("x", "y"), (" x", "x")]:
        for options in ({}, {"ignore_case": True}, {"ignore_punctuation": True}, {"ignore_numbers": True}, {"ignore_case": True, "ignore_punctuation": True, "ignore_numbers": True}):
            plain.append({"answer": a, "target": b, "options": options, "match": float(exact_match_hf_evaluate([a], [b], **options)["exact_match"])})
    return {"gsm8k": items, "plain": plain}


choice_items = choices()
accuracies = [i["metrics"]["acc"] for i in choice_items]
json.dump({"choice": choice_items, "acc": mean(accuracies), "acc_stderr": mean_stderr(accuracies), "pairs": pairs(), "texts": texts(), "answers": answers()}, sys.stdout, ensure_ascii=False, indent=None)
