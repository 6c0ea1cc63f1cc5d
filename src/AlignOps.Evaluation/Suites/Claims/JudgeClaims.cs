using System.Text.Json;
using AlignOps.Data;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Judging.Live;

namespace AlignOps.Evaluation.Suites.Claims;

/// <summary>Any judge that scores single answers on a scale decides claims: the claim is its answer, the context its question and its reference.</summary>
/// <param name="opening">A judge that could not be opened leaves every claim undecided, with the reason.</param>
internal sealed class JudgeClaims(string name, JudgeOpening opening) : IClaimJudge
{
    private const double Enough = 0.5;

    private readonly IJudge? _judge = opening.Judge?.Ask();

    public string Name => name;

    public string Digest => opening.Judge?.Digest ?? "";

    public async Task<ClaimSupport> SupportAsync(string context, string claim, CancellationToken cancellationToken)
    {
        if (_judge is null) return new ClaimSupport(null, false, $"{opening.Code}: {opening.Sentence}");
        if (_judge.Scorer is not { Scale: var (lowest, highest) } scorer) return new ClaimSupport(null, false, $"Judge {name} scores no single answers on a scale, so it decides no claims.");

        var question = new SuiteItem(
            "claim", "all", null, [new ChatMessage("user", $"Does this text support what the answer says? Judge by the text alone, not by what you know.\n\n{context}")], JsonSerializer.SerializeToElement(new { reference = context }));
        var score = await scorer.ScoreAsync(question, claim, cancellationToken);
        if (score.Value is not { } value) return new ClaimSupport(null, false, score.UnscoredReason);
        var degree = Math.Clamp((value - lowest) / (highest - lowest), 0, 1);
        return new ClaimSupport(degree, degree >= Enough, null);
    }
}
