using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Suites.Kinds;

namespace AlignOps.Evaluation.Suites.Claims;

/// <summary>
/// Scores an answer by its claims against the item's <c>expect.context</c>. Fact-wise precision (FActScore, arXiv 2305.14251): the share of supported claims, times e^(1 − γ/n) where there
/// are fewer than γ claims, so that saying little earns little; nothing said is 0. Consistency (AlignScore, arXiv 2305.16739): of each claim its best support by any chunk of the context, averaged.
/// </summary>
/// <param name="leastClaims">γ.</param>
/// <param name="chunkWords">Words of context that the judge is shown at once.</param>
internal sealed class ClaimScoring(SuiteKind kind, IClaimJudge judge, int leastClaims, int chunkWords) : ISuiteScoring
{
    private static readonly SortedDictionary<string, bool> NoChecks = new(StringComparer.Ordinal);

    public string Name => judge.Name;

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"claims 1\n{kind.Name()}\n{judge.Name}\n{judge.Digest}\nleast {leastClaims}\nchunk {chunkWords}"))));

    /// <summary>The item's context; null where it has none, which a suite of this kind may not lack.</summary>
    public static IReadOnlyList<string>? Context(SuiteItem item) => item.Expect is { } expect && expect.TryGetProperty("context", out var value) ? value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 0 } text => [text],
        JsonValueKind.Array when value.GetArrayLength() > 0 && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(one => one.GetString()!)],
        _ => null,
    } : null;

    public async Task<EvidenceAnswer> ScoreAsync(Draw draw, ModelAnswer answer, CancellationToken cancellationToken)
    {
        var chunks = ContextChunks.Of(Context(draw.Item)!, chunkWords);
        List<ClaimSupport> claims = [];
        foreach (var claim in ClaimSplitter.Of(answer.Text))
        {
            claims.Add(await BestAsync(chunks, claim, cancellationToken));
            if (claims[^1].UnscoredReason is { } reason) return new EvidenceAnswer(answer.Text, answer.Cut, null, false, NoChecks, reason);
        }

        var metrics = Metrics(claims);
        var score = metrics[kind == SuiteKind.Consistency ? "consistency" : "fact_score"];
        return new EvidenceAnswer(answer.Text, answer.Cut, score, claims.Count > 0 && claims.All(claim => claim.Supported), NoChecks, null) { Metrics = metrics };
    }

    private SortedDictionary<string, double> Metrics(List<ClaimSupport> claims)
    {
        var (count, supported) = (claims.Count, claims.Count(claim => claim.Supported));
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["claims"] = count, ["supported"] = supported };
        if (kind == SuiteKind.Consistency)
        {
            metrics["consistency"] = count == 0 ? 0 : claims.Average(claim => claim.Degree!.Value);
            return metrics;
        }

        metrics["precision"] = count == 0 ? 0 : (double)supported / count;
        metrics["length_penalty"] = count == 0 ? 0 : count < leastClaims ? Math.Exp(1 - ((double)leastClaims / count)) : 1;
        metrics["fact_score"] = metrics["precision"] * metrics["length_penalty"];
        return metrics;
    }

    private async Task<ClaimSupport> BestAsync(IReadOnlyList<string> chunks, string claim, CancellationToken cancellationToken)
    {
        ClaimSupport? best = null;
        foreach (var chunk in chunks)
        {
            var support = await judge.SupportAsync(chunk, claim, cancellationToken);
            if (support.Degree is null) return support;
            if (best is null || support.Degree > best.Degree) best = support;
        }

        return best ?? new ClaimSupport(null, false, "The context has no words.");
    }
}
