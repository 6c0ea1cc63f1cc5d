"""Reference values for AlignOps.Statistics, by NumPy, SciPy, statsmodels and scikit-learn: python3 make_golden.py > golden.json
Each section draws small data from a fixed seed, writes them down, and writes down what the peers find in them. Coefficients that none of the peers has are
computed here from their published formulas, apart from the product's code, and next to the value that a publication prints for its own example."""
import json
import math
import sys

import numpy as np
from scipy import special, stats
from scipy.stats import _resampling
from statsmodels.stats import inter_rater, multitest, proportion

random = np.random.default_rng(20261121)
MASK = (1 << 64) - 1


def clean(value):
    if isinstance(value, dict):
        return {k: clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [clean(v) for v in value]
    if isinstance(value, (np.bool_, bool)):
        return bool(value)
    if isinstance(value, (np.integer, int)):
        return int(value)
    if isinstance(value, (np.floating, float)):
        return None if math.isnan(value) else float(value)
    return value


def student(p, d):
    # SciPy 1.10's t.ppf is good to 5e-9 only; its inverse of the incomplete beta function is exact.
    x = special.betaincinv(d / 2, 0.5, 2 * min(p, 1 - p))
    return math.copysign(math.sqrt(d * (1 - x) / x), p - 0.5)


def distributions():
    return {
        "student": [[p, d, student(p, d)] for p in (0.6, 0.95, 0.995, 0.01) for d in (1, 4, 29, 804)],
        "beta": [[p, a, b, stats.beta.ppf(p, a, b)] for p in (0.005, 0.5, 0.975) for a, b in ((1, 2000), (105, 1896), (3.5, 0.7), (20, 20))],
        "clopperPearson": [[k, n, c, *proportion.proportion_confint(k, n, 1 - c, "beta")] for k, n, c in ((0, 20, 0.95), (7, 20, 0.95), (117, 2000, 0.98), (2000, 2000, 0.99))],
    }


# ---- the bootstrap, draw by draw ----

def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def indices(seed, draw, n):
    golden = 0x9E3779B97F4A7C15
    state = mix((seed * golden + golden) & MASK) ^ mix((draw * 0xD1342543DE82EF95 + 1) & MASK)
    words, found = [], []
    while len(found) < n:
        if not words:
            state = (state + golden) & MASK
            z = mix(state)
            words = [z >> 32, z & 0xFFFFFFFF]
        product = words.pop(0) * n
        if (product & 0xFFFFFFFF) >= ((1 << 32) - n) % n:
            found.append(product >> 32)
    return found


def bootstrap():
    clusters = [int(c) for c in np.sort(random.integers(0, 23, 60))]
    values = np.round(random.beta(2, 1, 60), 3)
    names = sorted(set(clusters))
    clusters = [names.index(c) for c in clusters]
    n = len(names)
    sums = np.array([sum(v for c, v in zip(clusters, values) if c == k) for k in range(n)])
    counts = np.array([clusters.count(k) for k in range(n)], float)
    drawn = np.array([indices(7, b, n) for b in range(400)])
    means = sums[drawn].sum(1) / counts[drawn].sum(1)
    # SciPy's BCa on the same draws: its data are the clusters' places, its statistic looks sums and counts up.
    statistic = lambda at, axis=-1: sums[at.astype(int)].sum(axis) / counts[at.astype(int)].sum(axis)
    shares = _resampling._bca_interval((np.arange(n),), statistic, -1, 0.025, means, None)[0:2]
    bca = [np.percentile(means, 100 * float(s)) for s in shares]
    return {"clusters": clusters, "values": values, "seed": 7, "draws": 400, "first": drawn[0], "mean": sums.sum() / counts.sum(),
            "standardError": means.std(ddof=1), "percentile": np.percentile(means, [2.5, 97.5]), "bca": bca}


# ---- agreement ----

def krippendorff(data, metric, categories):
    units = [[v for v in unit if v is not None] for unit in data]
    units = [u for u in units if len(u) > 1]
    o = np.zeros((categories, categories))
    for u in units:
        for i, a in enumerate(u):
            for j, b in enumerate(u):
                if i != j:
                    o[a, b] += 1 / (len(u) - 1)
    t = o.sum(1)
    d = np.zeros_like(o)
    for a in range(categories):
        for b in range(categories):
            if metric == "nominal":
                d[a, b] = a != b
            elif metric == "interval":
                d[a, b] = (a - b) ** 2
            else:
                lo, hi = min(a, b), max(a, b)
                d[a, b] = 0 if a == b else (t[lo:hi + 1].sum() - (t[a] + t[b]) / 2) ** 2
    return 1 - (o * d).sum() / ((np.outer(t, t) * d).sum() / (t.sum() - 1))


def gwet(data, categories, weights):
    agree = np.array([[sum(v == k for v in unit) for k in range(categories)] for unit in data], float)
    agree = agree[agree.sum(1) > 0]
    n = len(agree)
    r = agree.sum(1)
    aw = agree @ weights.T
    two = r >= 2
    pairs = (agree * (aw - 1)).sum(1)
    each = np.where(two, pairs / np.maximum(1, r * (r - 1)), 0)
    pa = each.sum() / two.sum()
    pi = (agree / r[:, None]).mean(0)
    scale = weights.sum() / (categories * (categories - 1))
    pe = scale * (pi * (1 - pi)).sum()
    ac = (pa - pe) / (1 - pe)
    own = n / two.sum() * (each - pe * two) / (1 - pe)
    chance = scale * (agree @ (1 - pi)) / r
    own = own - 2 * (1 - ac) * (chance - pe) / (1 - pe)
    se = math.sqrt(((own - ac) ** 2).sum() / n / (n - 1))
    half = stats.t.ppf(0.975, n - 1) * se
    return [ac, se, max(-1, ac - half), min(1, ac + half)]


def weights_of(kind, q):
    step = np.abs(np.subtract.outer(np.arange(q), np.arange(q))) / (q - 1)
    return {"nominal": np.eye(q), "ordinal": 1 - step, "interval": 1 - step ** 2}[kind]


def agreement():
    kinds = ("nominal", "ordinal", "interval")
    # Krippendorff (2011), example C: four observers, twelve units, gaps; printed there: 0.743, 0.815, 0.849.
    # irrCAC prints for the same data Gwet's AC1 0.77544 with standard error 0.14295.
    published = [[1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, None, 3, None]]
    published = [[None if v is None else v - 1 for v in unit] for unit in published]
    truth = random.choice(4, 90, p=[0.55, 0.25, 0.15, 0.05])
    noisy = lambda error: [int(t) if random.random() > error else int(random.integers(0, 4)) for t in truth]
    raters = [noisy(0.2), noisy(0.35), noisy(0.6)]
    drawn = [[None if random.random() < 0.1 else rater[i] for rater in raters] for i in range(90)]
    out = []
    for q, data in ((5, published), (4, drawn)):
        both = [(u[0], u[1]) for u in data if u[0] is not None and u[1] is not None]
        table = np.zeros((q, q))
        for a, b in both:
            table[a, b] += 1
        kappas = []
        for wt in (None, "linear", "quadratic"):
            k = inter_rater.cohens_kappa(table, wt=wt)
            kappas.append([k.kappa, k.std_kappa])
        out.append({"categories": q, "units": data, "kappa": kappas,
                    "gwet": [gwet(data, q, weights_of(kind, q)) for kind in kinds],
                    "alpha": [krippendorff(data, kind, q) for kind in kinds]})
    return out


if __name__ == "__main__":
    sections = [distributions, bootstrap, agreement]
    json.dump({section.__name__: clean(section()) for section in sections}, sys.stdout, separators=(",", ":"))
    print()
