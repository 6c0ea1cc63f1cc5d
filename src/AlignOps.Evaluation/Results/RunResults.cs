using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.Results;

/// <summary>A run's evidence as lines that stand alone: a model, a draw of an item, and what it came to.</summary>
internal static class RunResults
{
    /// <summary>In the order of the evidence; of each row the candidate, the champion, then anchor and baseline where they were asked.</summary>
    public static IEnumerable<ResultLine> Of(EvidenceFile evidence)
    {
        var header = evidence.Header;
        var suites = header.Suites.ToDictionary(suite => suite.Name, StringComparer.Ordinal);
        foreach (var item in evidence.Items)
        {
            var line = Place(header, suites[item.Suite], item);
            yield return Answered(line, "candidate", header.Candidate, item.Candidate, null);
            yield return Answered(line, "champion", header.Champion, item.Champion, item.VersusChampion);
            if (item.Anchor is { } anchor) yield return Answered(line, "anchor", header.Anchor, anchor, item.VersusAnchor);
            if (item.Baseline is { } baseline) yield return Answered(line, "baseline", header.Baseline!.Model, baseline, item.VersusBaseline);
        }
    }

    private static ResultLine Place(EvidenceHeader header, EvidenceSuite suite, EvidenceItem item) => new()
    {
        Run = header.RunId,
        Suite = suite.Name,
        Kind = suite.Kind ?? "open",
        Role = suite.Role.ToString().ToLowerInvariant(),
        SuiteDigest = suite.Digest,
        Judge = suite.Judge,
        JudgeDigest = suite.JudgeDigest,
        Id = item.Id,
        Sample = item.Sample,
        Slice = item.Slice,
        Cluster = item.Cluster,
        Language = item.Language,
        Question = item.Question,
        Model = "",
    };

    private static ResultLine Answered(ResultLine line, string name, ModelRef model, EvidenceAnswer answer, EvidenceComparison? comparison) => line with
    {
        Model = name,
        ModelDigest = model.Adapter ?? model.Checkpoint,
        Answer = answer.Text,
        Cut = answer.Cut,
        Score = answer.Score,
        Passes = answer.Passes,
        Checks = answer.Checks,
        Metrics = answer.Metrics,
        Outcome = comparison?.Outcome,
        Unscored = answer.UnscoredReason ?? comparison?.UnscoredReason,
    };
}
