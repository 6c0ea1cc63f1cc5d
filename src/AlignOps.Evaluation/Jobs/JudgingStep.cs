using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Evaluation.Qualification.Standings;

namespace AlignOps.Evaluation.Jobs;

/// <summary>Lets the definition's judges compare a run's answers: how they stand first, then what they say; the verdicts of those that decide take the verifier's place.</summary>
internal sealed class JudgingStep(JudgePanel panel, JudgeWatch watch, EvaluationSection section, EvaluateCandidate command, EvaluationProgress progress)
{
    public async Task<JudgedRun> JudgeAsync(IReadOnlyList<Draw> draws, List<EvidenceItem> items, DrawnAnswers answers, string directory, CancellationToken cancellationToken)
    {
        if (section.Judges.Count == 0) return JudgedRun.None;

        var standings = await watch.LookAsync(section, command.RunId, command.Pipeline, directory, cancellationToken);
        List<JudgeReport> reports = [];
        List<DecidedPairs> decided = [];
        foreach (var (judge, standing) in section.Judges.Zip(standings))
        {
            int[] places = [.. Places(judge, draws, items)];
            var (report, judged) = await AskAsync(judge, [.. places.Select(i => new PairToJudge(draws[i].Item, items[i], answers.Unasked(draws[i])))], cancellationToken);
            reports.Add(report);
            if (!judge.Decides) continue;

            IReadOnlyList<JudgedPair> anchor = [], baseline = [];
            if (answers.HasAnchor && !standing.IsReportOnly)
            {
                anchor = (await AskAsync(judge, [.. places.Select(i => new PairToJudge(draws[i].Item, items[i] with { Champion = items[i].Anchor! }, answers.AnchorUnasked(draws[i])))], cancellationToken)).Judged;
            }

            int[] untrained = [.. places.Where(i => items[i].VersusBaseline is not null)];
            if (untrained.Length > 0 && !standing.IsReportOnly)
            {
                baseline = (await AskAsync(judge, [.. untrained.Select(i => new PairToJudge(draws[i].Item, items[i] with { Champion = items[i].Baseline! }, answers.BaselineUnasked(draws[i])))], cancellationToken)).Judged;
            }

            decided.Add(new DecidedPairs(judged, anchor, baseline));
        }

        // After all reports, which say how far they agree with the verifier.
        foreach (var one in decided) one.PutInto(items, answers.HasAnchor);
        return new JudgedRun(standings, reports);
    }

    private Task<(JudgeReport Report, IReadOnlyList<JudgedPair> Judged)> AskAsync(JudgeSection judge, IReadOnlyList<PairToJudge> pairs, CancellationToken cancellationToken) =>
        panel.JudgeAsync(judge, command.RunId, pairs, done => progress.ReportedAsync(judge.Name, done, pairs.Count, cancellationToken), cancellationToken);

    private static IEnumerable<int> Places(JudgeSection judge, IReadOnlyList<Draw> draws, IReadOnlyList<EvidenceItem> items) =>
        Enumerable.Range(0, draws.Count).Where(i => draws[i].Suite.Section.Kind.IsInWords() && items[i].VersusChampion is not null && (judge.Suites.Count == 0 || judge.Suites.Contains(items[i].Suite)));
}
