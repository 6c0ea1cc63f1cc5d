using System.Globalization;
using AlignOps.Evaluation.Judging.Llm.Prompts;
using AlignOps.Evaluation.Judging.Llm.Reading;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>
/// FairEval's multiple evidence: the reasons first, then a score for each answer, several times; an order's scores are the means over its samples, and the two orders' scores are
/// averaged before they are compared (balanced positions). A sample that cannot be read is left out; more than half must be readable.
/// </summary>
internal sealed class EvidenceProtocol(string rubric, bool reference, int samples, double tieWithin) : IProtocol
{
    internal const string System = $"""
        You are shown two answers, 1 and 2, to the same conversation, and score both by the rubric of the user's message, from 1 to 10.

        {CasePaper.Notice}

        Write your evidence first: what each answer gets right and wrong. Judge the answers alone. Their order and their names mean nothing, and longer is not better.
        Then end with exactly these two lines, a number from 1 to 10 in each:
        Score of Answer 1: <score>
        Score of Answer 2: <score>
        """;

    private const string After = "Evidence first, then the two lines with the scores.";

    public object Identity => new { protocol = "evidence 1", System, After, rubric, reference = reference ? CasePaper.ReferenceNotice : null, samples, tieWithin, parser = ScoreLines.Version };

    public async Task<JudgeVerdict> CompareAsync(Interview interview, SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken)
    {
        var right = reference ? References.Of(item) : null;
        if (reference && right is null) return JudgeVerdict.Unscored(UnscoredReasons.ReferenceMissing);

        var turns = new CasePaper(interview.Digest, item).Reference(right).Answer("ANSWER 1", first).Answer("ANSWER 2", second).Turns(System, CasePaper.Before(rubric, reference), After);
        List<JudgeCall> calls = [];
        List<VerdictPart> parts = [];
        for (var sample = 1; sample <= samples; sample++)
        {
            var about = string.Create(CultureInfo.InvariantCulture, $"sample {sample}");
            var (found, call) = await interview.AskAsync(about, turns, ScoreLines.Read, cancellationToken, seed: sample);
            calls.Add(call);
            parts.Add(found.Unscored is { } reason
                ? new VerdictPart(about, null, Unscored: reason)
                : new VerdictPart(about, PairedOutcome.Of(new ScoredPair(found.Value.First, found.Value.Second, tieWithin)), found.Value.First, found.Value.Second));
        }

        var read = parts.Where(part => part.Share is not null).ToList();
        var verdict = FormProtocol.Missing(calls, read.Count, samples) is { } missing
            ? JudgeVerdict.Unscored(missing)
            : JudgeVerdict.Of(new ScoredPair(read.Average(part => part.First!.Value), read.Average(part => part.Second!.Value), tieWithin));
        return verdict with { Parts = parts, Calls = calls };
    }
}
