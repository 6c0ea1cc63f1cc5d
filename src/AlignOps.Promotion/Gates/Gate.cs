using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Promotion.Approvals;
using AlignOps.Promotion.Gates.Rules;
using AlignOps.Promotion.Gates.Screens;
using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Paired;

namespace AlignOps.Promotion.Gates;

/// <summary>
/// Turns evidence into a decision. Any alarm rejects; a promotion needs every requirement; where only people are left to agree they are asked; all else is inconclusive. A pure function: the same arguments give the same record.
/// Every requirement must hold, so each is tested at its own level; any alarm suffices, so the four share alpha. An equal candidate is thus promoted with probability at most
/// alpha, and rejected with probability at most alpha.
/// </summary>
internal static class Gate
{
    private const int Alarms = 4;

    /// <param name="file">Null where the evidence cannot be had or read.</param>
    public static GateRecord Decide(GateSection section, EvidenceFile? file, GateContext context)
    {
        var whole = EvidenceRule.Apply(file, context);
        if (file is null || whole.Verdict != RuleVerdict.Pass) return Record(section, file?.Header, context, [], evidence: null, [whole], []);

        var evidence = new GateEvidence(file);
        var alarmAlpha = section.Alpha / Alarms;
        var won = EvidenceRule.FeedbackJudges(file) ? "Share of held-out pairs won" : "Win rate";
        var budget = SpentBudget.Of(section, context);
        var superiority = Superiority(section, won) with { Alpha = budget?.Level ?? section.Alpha };
        var anchor = AboveAnchor(section, won);
        var watched = evidence.RegressionSuites is [var only] ? $"regression suite {only.Name}" : "the regression suites";
        MeanRule regression = new("regression", RuleKind.Requirement, $"Score change on {watched}", -section.RegressionMargin, section.GuardAlpha, Difference: true);
        var harm = Harm(section, won);

        var better = superiority.Apply(evidence.VersusChampion(), section.MinItems);
        var aboveAnchor = anchor.Apply(evidence.VersusAnchor(), section.MinItems);
        var able = regression.Apply(evidence.Regression(), section.MinItems);
        var asksRegression = evidence.HasRegressionSuite || section.RequireRegression;
        List<(MeanRule, RuleResult, Func<bool, IReadOnlyList<double>>)> requirements = [(superiority, better, evidence.VersusChampion), (anchor, aboveAnchor, evidence.VersusAnchor)];
        if (evidence.HasRegressionSuite) requirements.Add((regression, able, evidence.Regression));

        var slices = SliceRule.Test(section, evidence, alarmAlpha);
        List<RuleResult> rules =
        [
            whole,
            .. JudgesRule.Apply(file.Header),
            .. AnswerScreens.Apply(section, file),
            harm.Apply(evidence.VersusChampion(), section.MinItems),
            (regression with { Name = "regression-alarm", Kind = RuleKind.Alarm, Alpha = alarmAlpha }).Apply(evidence.Regression(), section.MinItems),
            (anchor with { Name = "erosion", Kind = RuleKind.Alarm, Alpha = alarmAlpha }).Apply(evidence.VersusAnchor(), section.MinItems),
            SliceRule.Sum(slices, alarmAlpha),
            UnscoredRule.Apply(section, evidence),
            better,
            .. asksRegression ? [evidence.HasRegressionSuite ? able : able with { Sentence = "The pipeline has no regression suite: add one with role: regression, or set gate.require_regression: false." }] : (ReadOnlySpan<RuleResult>)[],
            aboveAnchor,
            .. BaselineRule.Apply(section, file.Header, evidence),
            SliceRule.Tested(section, slices),
            WorstCaseRule.Apply(section, evidence, requirements),
            .. PeopleRule.Apply(section, file, evidence),
            .. section.Approval is { } approval ? [ApprovalRule.Open(ApprovalRequirement.Parse(approval)!, section.ApprovalDays)] : (ReadOnlySpan<RuleResult>)[],
        ];
        var intervals = GateBootstrap.Of([evidence.Whole(), .. evidence.Parts()], section.BootstrapDraws, file.Header.Seed);
        slices = [.. slices.Zip(intervals.Skip(1), (slice, interval) => slice with { Lower = Figures.Round(2 * interval?.Lower - 1), Upper = Figures.Round(2 * interval?.Upper - 1) })];
        return Record(section, file.Header, context, evidence.VersusChampion(), evidence, rules, slices, superiority.Alpha) with
        {
            Budget = budget is null ? null : budget with { Level = Figures.Round(budget.Level) },
            People = PeopleRule.Corrected(file, evidence),
            Resampled = intervals[0] is { } overall ? new ResampledInterval(Figures.Round(overall.Lower), Figures.Round(overall.Upper), section.BootstrapDraws) : null,
        };
    }

    /// <param name="won">What is counted, such as <c>Win rate</c>.</param>
    internal static MeanRule Superiority(GateSection section, string won) => new("superiority", RuleKind.Requirement, $"{won} against the champion", 0.5, section.Alpha, Difference: false);

    internal static MeanRule Harm(GateSection section, string won) => Superiority(section, won) with { Name = "harm", Kind = RuleKind.Alarm, Alpha = section.Alpha / Alarms };

    internal static MeanRule AboveAnchor(GateSection section, string won) => new("anchor", RuleKind.Requirement, $"{won} against the anchor", 0.5 - section.AnchorMargin, section.GuardAlpha, Difference: false);

    private static GateRecord Record(
        GateSection section, EvidenceHeader? header, GateContext context, IReadOnlyList<double> outcomes, GateEvidence? evidence, IReadOnlyList<RuleResult> rules, IReadOnlyList<SliceResult> slices, double? level = null)
    {
        var wins = PairedWinRate.Of(outcomes);
        var lower = BettingConfidenceSequence.Lower(outcomes, level ?? section.Alpha, rule: BettingRule.Mixture);
        var worst = SliceRule.Worst(slices);
        var verdict = GateVerdict.Of(rules, worst, context, lower);
        return new GateRecord(
            GateRecord.CurrentVersion, context.RunId, context.Pipeline, verdict.Decision, verdict.Code, verdict.Reason,
            Figures.Round(wins.WinRate), Figures.Round(lower), Figures.Round(BettingConfidenceSequence.Upper(outcomes, section.Alpha, rule: BettingRule.Mixture)), Figures.Round(wins.StandardError),
            wins.Count, wins.Wins, wins.Ties, wins.Losses, evidence?.Comparisons ?? 0, evidence?.UnscoredComparisons ?? 0, evidence?.Inconsistent ?? 0,
            Figures.Round(SignTest.PValue(wins.Wins, wins.Losses)), worst?.Label,
            context.Candidate, context.Champion, context.Anchor, context.DefinitionDigest, context.DatasetDigest, context.EvidenceDigest,
            header?.Seed, [.. (header?.Suites ?? []).Select(suite => $"{suite.Judge} {suite.JudgeDigest}").Distinct()], context.BatchIds, section, rules, slices, Reports: header?.Reports, Standings: header?.Judges);
    }
}
