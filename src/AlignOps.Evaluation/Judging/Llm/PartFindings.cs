using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>What verdicts come to part by part. A mean over skills hides that one of them fell; this does not.</summary>
internal static class PartFindings
{
    /// <summary>Null where verdicts are of one piece.</summary>
    public static IReadOnlyList<JudgePart>? Of(JudgeSection judge, IEnumerable<JudgedPair> judged)
    {
        // Samples of evidence are repetitions, not parts.
        if (judge.Kind == JudgeKind.Evidence) return null;

        var parts = judged.Where(pair => pair is { CandidateFirst.Parts: not null, ChampionFirst.Parts: not null })
            .SelectMany(pair => pair.CandidateFirst!.Parts!.Join(pair.ChampionFirst!.Parts!, part => part.Name, part => part.Name, (ahead, behind) => (Ahead: ahead, Behind: behind)))
            .GroupBy(both => both.Ahead.Name, StringComparer.Ordinal)
            .Select(part => Finding(part.Key, [.. part.Where(both => both.Ahead.Share is not null && both.Behind.Share is not null)]))
            .ToList();
        return parts.Count == 0 ? null : parts;
    }

    private static JudgePart Finding(string name, IReadOnlyList<(VerdictPart Ahead, VerdictPart Behind)> said) => said.Count == 0
        ? new JudgePart(name, 0, null)
        : new JudgePart(
            name, said.Count, Round(said.Average(both => (both.Ahead.Share!.Value + 1 - both.Behind.Share!.Value) / 2)),
            Round(said.Average(both => (both.Ahead.First + both.Behind.Second) / 2)), Round(said.Average(both => (both.Ahead.Second + both.Behind.First) / 2)));

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 6) : null;
}
