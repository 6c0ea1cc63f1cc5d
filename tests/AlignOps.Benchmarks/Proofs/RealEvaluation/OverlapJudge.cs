using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Benchmarks.Proofs.RealEvaluation;

/// <summary>A script, not a judge of quality: it prefers the answer that shares more words with the reference (F1 over distinct words), and ties within 0.02.</summary>
internal sealed class OverlapJudge : IJudge
{
    private const double TieWithin = 0.02;

    public string Name => "reference overlap";

    public string Digest => "reference overlap, F1 over distinct words, tie within 0.02";

    public Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken)
    {
        if (item.Expect is not { } expect || expect.GetProperty("reference").GetString() is not { Length: > 0 } reference)
        {
            return Task.FromResult(JudgeVerdict.Unscored("reference-missing"));
        }

        var words = Words(reference);
        var difference = Overlap(words, Words(first.Text)) - Overlap(words, Words(second.Text));
        return Task.FromResult(JudgeVerdict.Of(Math.Abs(difference) <= TieWithin ? Preference.Tie : difference > 0 ? Preference.First : Preference.Second));
    }

    private static double Overlap(HashSet<string> reference, HashSet<string> answer)
    {
        var shared = reference.Count(answer.Contains);
        return reference.Count + answer.Count == 0 ? 0 : 2.0 * shared / (reference.Count + answer.Count);
    }

    private static HashSet<string> Words(string text) => [.. text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
