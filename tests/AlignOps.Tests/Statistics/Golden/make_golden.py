"""Reference values for AlignOps.Statistics, by NumPy, SciPy, statsmodels and scikit-learn: python3 make_golden.py > golden.json
Each section draws small data from a fixed seed, writes them down, and writes down what the peers find in them. Coefficients that none of the peers has are
computed here from their published formulas, apart from the product's code, and next to the value that a publication prints for its own example."""
import json
import math
import sys

import numpy as np
from scipy import special, stats
from scipy.stats import _resampling
import statsmodels.api as sm
from scipy import optimize
from sklearn.linear_model import LogisticRegression
from statsmodels.stats import contingency_tables, inter_rater, multitest, power, proportion

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


# ---- paired ----

def tango(lost, won, n, confidence):
    # From the definition: the score statistic with the nuisance rate at its maximum likelihood, found numerically.
    z = stats.norm.ppf(0.5 + confidence / 2)

    def score(d):
        # Rates: won = q + d, lost = q, the rest 1 - 2q - d.
        lo, hi = max(0.0, -d), (1 - d) / 2
        loglik = lambda q: -(special.xlogy(won, q + d) + special.xlogy(lost, q) + special.xlogy(n - won - lost, max(1 - 2 * q - d, 0)))
        q = optimize.minimize_scalar(loglik, bounds=(lo, hi), method="bounded", options={"xatol": 1e-14}).x
        return (won - lost - n * d) / math.sqrt(n * (2 * q + d * (1 - d)))

    d = (won - lost) / n
    return [optimize.brentq(lambda x: score(x) - z, -0.999, d), optimize.brentq(lambda x: score(x) + z, d, 0.999)]


def paired():
    clusters = [int(c) for c in random.integers(0, 15, 80)]
    values = random.choice([0, 0.5, 1], 80, p=[0.3, 0.2, 0.5])
    names = sorted(set(clusters))
    clusters = [names.index(c) for c in clusters]
    fit = sm.OLS(values, np.ones(80)).fit(cov_type="cluster", cov_kwds={"groups": clusters, "df_correction": True}, use_t=True)
    low, high = fit.conf_int(0.1)[0]
    return {"clusters": clusters, "values": values, "mean": fit.params[0], "standardError": fit.bse[0], "interval90": [low, high],
            "above045": stats.t.sf((fit.params[0] - 0.45) / fit.bse[0], len(names) - 1),
            "mcnemar": [[b, c, contingency_tables.mcnemar([[0, b], [c, 0]], exact=True).pvalue] for b, c in ((5, 15), (0, 4), (40, 61))],
            "sign": [[w, l, stats.binomtest(w, w + l, alternative="greater").pvalue] for w, l in ((10, 3), (52, 48), (300, 250))],
            "tango": [[b, c, n, *tango(b, c, n, 0.95)] for b, c, n in ((5, 15, 100), (3, 4, 44), (1, 12, 50), (20, 9, 300))]}


def multiplicity():
    p = np.round(np.concatenate([random.uniform(0, 1, 12), random.uniform(0, 0.02, 6)]), 5)
    return {"p": p, "holm": multitest.multipletests(p, 0.05, "holm")[1], "bh": multitest.multipletests(p, 0.05, "fdr_bh")[1]}


def planning():
    solver = power.NormalIndPower(ddof=0)
    rows = []
    for sd, d, alpha, target in ((0.447, 0.05, 0.05, 0.8), (0.447, 0.1, 0.01, 0.9), (0.3, 0.02, 0.025, 0.95)):
        n = solver.solve_power(d / sd, alpha=alpha, power=target, ratio=0, alternative="larger")
        rows.append([sd, d, alpha, target, n, solver.power(d / sd, 100, alpha, ratio=0, alternative="larger")])
    return rows


# ---- betting ----

def log_mixture(values, m0, c=0.5, bets=20):
    grid = np.arange(1, bets + 1) * c / m0 / bets
    return float(special.logsumexp(np.log1p(np.outer(values - m0, grid)).sum(0)) - math.log(bets))


def betting():
    out = []
    for n, m0 in ((60, 0.5), (200, 0.4), (30, 0.7)):
        values = random.choice([0, 0.25, 0.5, 0.75, 1], n)
        out.append({"values": values, "null": m0, "mixture": log_mixture(values, m0), "mixture9": log_mixture(values, m0, 0.9)})
    return out


# ---- league, style, correction ----

def league():
    names = ["v1", "v2", "v3", "v4"]
    truth = dict(zip(names, (0.0, 0.4, -0.3, 1.1)))
    games = []
    for item in range(90):
        a, b = random.choice(names, 2, replace=False)
        p = 1 / (1 + math.exp(truth[b] - truth[a]))
        games.append([a, b, float(random.choice([0, 0.5, 1], p=[(1 - p) * 0.9, 0.1, p * 0.9])), item // 2])
    X = np.zeros((len(games), 4))
    for i, (a, b, _, _) in enumerate(games):
        X[i, names.index(a)], X[i, names.index(b)] = 1, -1
    y = np.array([g[2] for g in games])
    # Soft targets as two weighted rows; C = 1 / ridge.
    fit = LogisticRegression(C=1e4, fit_intercept=False, tol=1e-12, max_iter=10000).fit(
        np.vstack([X, X]), np.r_[np.ones(90), np.zeros(90)], sample_weight=np.r_[y, 1 - y])
    ratings = dict.fromkeys(names, 1000.0)
    for a, b, s, _ in games:
        gain = 4 * (s - 1 / (1 + 10 ** ((ratings[b] - ratings[a]) / 400)))
        ratings[a] += gain
        ratings[b] -= gain
    style = np.round(random.normal(0, 1, (90, 2)), 3)
    z = style / np.sqrt((style ** 2).mean(0))
    styled = np.hstack([X[:, 1:], z])
    controlled = LogisticRegression(C=1e4, fit_intercept=False, tol=1e-12, max_iter=10000).fit(
        np.vstack([styled, styled]), np.r_[np.ones(90), np.zeros(90)], sample_weight=np.r_[y, 1 - y])
    return {"names": names, "games": [[names.index(a), names.index(b), s, c] for a, b, s, c in games], "strengths": fit.coef_[0] - fit.coef_[0][0],
            "elo": [ratings[name] for name in names], "style": style, "styled": controlled.coef_[0]}


def length():
    delta = np.round(random.normal(300, 600, 150))
    p = special.expit(-0.5 - 1.2 * np.tanh(delta / delta.std(ddof=1)) + random.normal(0, 1, 150))
    y = np.round(np.clip(p, 0.001, 0.999), 4)
    x = np.c_[np.ones(150), np.tanh(delta / delta.std(ddof=1))]
    fit = sm.GLM(y, x, family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200)
    return {"delta": delta, "outcomes": y, "strength": fit.params[0], "length": fit.params[1], "controlled": special.expit(fit.params[0])}


def correction():
    n, others = 60, 900
    person = random.choice([0, 0.5, 1], n + others, p=[0.4, 0.1, 0.5])
    judge = np.where(random.random(n + others) < 0.75, person, random.choice([0, 0.5, 1], n + others))
    y, f, u = person[:n], judge[:n], judge[n:]
    lam = np.clip(np.mean((y - y.mean()) * (f - f.mean())) / (np.var(judge, ddof=1) * (1 + n / others)), 0, 1)
    mean = lam * u.mean() + (y - lam * f).mean()
    se = math.sqrt(lam ** 2 * u.var(ddof=1) / others + (y - lam * f).var(ddof=1) / n)
    # Rogan and Gladen's error by the delta method with a numerical gradient.
    counts = [[430, 1000, 90, 100, 160, 200], [30, 400, 45, 50, 70, 80]]
    rows = []
    for k, m, tp, pos, tn, neg in counts:
        g = lambda v: (v[0] + v[2] - 1) / (v[1] + v[2] - 1)
        at = np.array([k / m, tp / pos, tn / neg])
        grad = optimize.approx_fprime(at, g, 1e-8)
        var = at * (1 - at) / np.array([m, pos, neg])
        rows.append([k, m, tp, pos, tn, neg, g(at), math.sqrt((grad ** 2 * var).sum())])
    return {"person": y, "judge": f, "unlabelled": u, "weight": lam, "mean": mean, "standardError": se, "roganGladen": rows}


if __name__ == "__main__":
    sections = [distributions, bootstrap, agreement, paired, multiplicity, planning, betting, league, length, correction]
    json.dump({section.__name__: clean(section()) for section in sections}, sys.stdout, separators=(",", ":"))
    print()
