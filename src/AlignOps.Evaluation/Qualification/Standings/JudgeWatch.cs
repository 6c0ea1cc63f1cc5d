using System.Globalization;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Evaluation.Qualification.Certificates;
using AlignOps.Evaluation.Qualification.Drift;
using AlignOps.Platform.Storage;
using AlignOps.Statistics.Multiplicity;
using Microsoft.Extensions.Logging;

namespace AlignOps.Evaluation.Qualification.Standings;

/// <summary>
/// Tells in every run how the definition's judges stand, before they judge: by their certificates, held against the definition's limits, and by asking them again about frozen pairs.
/// The k-th asking of a certificate is tested at level/(k(k + 1)), which sum to the level: so the chance that an unchanged judge is ever called drifted stays below it, over all runs.
/// </summary>
internal sealed partial class JudgeWatch(JudgeOpener opener, CertificateFinder certificates, IDatabase database, TimeProvider time, ILogger<JudgeWatch> logger)
{
    public async Task<IReadOnlyList<EvidenceJudge>> LookAsync(EvaluationSection section, string runId, string pipeline, string directory, CancellationToken cancellationToken)
    {
        var found = new List<EvidenceJudge>();
        foreach (var judge in section.Judges)
        {
            var certificate = await certificates.FindAsync(judge, pipeline, directory, cancellationToken);
            var line = await StandAsync(judge, certificate, runId, pipeline, cancellationToken);
            await database.WriteAsync(async (work, token) => { await StandingStore.WriteAsync(work, line, token); return 0; }, cancellationToken);
            LogStanding(runId, judge.Name, line.Standing, line.Sentence);
            found.Add(new EvidenceJudge(
                judge.Name, line.JudgeDigest, judge.Decides, [.. section.Suites.Where(judge.DecidesSuite).Select(suite => suite.Name)], line.Standing, line.ExaminationId, certificate.Row?.LabelsDigest, line.Sentence));
        }

        return found;
    }

    private async Task<StandingLine> StandAsync(JudgeSection judge, FoundCertificate found, string runId, string pipeline, CancellationToken cancellationToken)
    {
        StandingLine Line(JudgeStanding standing, string sentence, int? turn = null, DriftFinding? drift = null, double? level = null, DriftReading? reading = null) => new()
        {
            RunId = runId, Judge = judge.Name, Pipeline = pipeline, JudgeDigest = found.JudgeDigest, Decides = judge.Decides ? 1 : 0, Standing = standing.Name(), Sentence = sentence,
            ExaminationId = found.Certificate?.ExaminationId, Turn = turn, Games = drift?.Games, Differing = drift?.Differing, Expected = drift?.Expected, PValue = drift?.PValue, Level = level,
            At = time.GetUtcNow().ToUnixTimeMilliseconds(), Answers = reading is null ? null : SaidAgain.Write(reading.Said),
        };

        if (judge.Kind == JudgeKind.Verifier) return Line(JudgeStanding.Qualified, $"Judge {judge.Name} may decide: a verifier is a rule, not an opinion.");
        if (found.Certificate is not { } certificate) return Line(JudgeStanding.NotExamined, found.WhyNone);
        var report = certificate.Report with { Findings = Qualifying.Findings(certificate.Report.Measurements, QualificationLimits.Of(judge.Qualification)) };
        if (!report.Qualified) return Line(JudgeStanding.Failed, $"Judge {report.Sentence}");
        if (await DriftedBeforeAsync(certificate.ExaminationId, runId, cancellationToken) is { } before)
        {
            return Line(JudgeStanding.Drifted, $"Judge {judge.Name} has drifted since its examination {certificate.ExaminationId}, as run {before} found; examine it again.");
        }

        if (judge.Qualification.DriftPairs == 0) return Line(JudgeStanding.Qualified, $"{Proof(judge, certificate)}; drift is not watched for.");

        var turn = await database.WriteAsync((work, token) => StandingStore.TakeTurnAsync(work, Line(JudgeStanding.DriftUnmeasured, $"Judge {judge.Name} is being asked again."), token), cancellationToken);
        var (opened, code, sentence) = await opener.OpenAsync(judge, new JudgeAccount(runId, judge.Budget), cancellationToken);
        if (opened is null) return Line(JudgeStanding.DriftUnmeasured, $"Judge {judge.Name} cannot be asked again, so nobody knows whether it has drifted: {code}. {sentence}", turn);

        using var asked = opened;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(judge.TimeLimitMinutes), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var reading = await new DriftExaminer(asked.Ask($"drift {runId}"), judge.Concurrency).AskAsync(certificate.Frozen, judge.Qualification.DriftPairs, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        var level = new ErrorBudget(judge.Qualification.DriftLevel, turn - 1).NextLevel;
        if (!reading.Heard)
        {
            var failed = reading.Failed.Count == 0 ? "its certificate holds too few pairs asked again" : string.Join(", ", reading.Failed.Select(count => $"{count.Value} {count.Key}"));
            return Line(JudgeStanding.DriftUnmeasured, $"Judge {judge.Name} was asked again about {reading.Said.Count} games and not heard in enough of them ({failed}), so nobody knows whether it has drifted.", turn, level: level);
        }

        var finding = reading.Find(await SaidBeforeAsync(certificate.ExaminationId, turn, cancellationToken));
        return finding.PValue <= level
            ? Line(JudgeStanding.Drifted, $"Judge {judge.Name} has drifted: {Figures(finding, level)}; examine it again.", turn, finding, level, reading)
            : Line(JudgeStanding.Qualified, $"{Proof(judge, certificate)}; {Figures(finding, level)}.", turn, finding, level, reading);
    }

    private async Task<string?> DriftedBeforeAsync(string examinationId, string runId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return (await StandingStore.DriftedAsync(connection, examinationId, runId, cancellationToken))?.RunId;
    }

    private async Task<IReadOnlyList<SaidAgain>> SaidBeforeAsync(string examinationId, int turn, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return await StandingStore.SaidBeforeAsync(connection, examinationId, turn, cancellationToken) is { } text ? SaidAgain.Read(text) : [];
    }

    private static string Proof(JudgeSection judge, Certificate certificate)
    {
        var kappa = certificate.Report[Measure.Kappa];
        return string.Create(CultureInfo.InvariantCulture, $"Judge {judge.Name} may decide by certificate {certificate.ExaminationId}: kappa {kappa.Value:0.00} [{kappa.Lower:0.00}, {kappa.Upper:0.00}] with people over {kappa.Count} pairs");
    }

    private static string Figures(DriftFinding finding, double level) => string.Create(
        CultureInfo.InvariantCulture, $"asked again in {finding.Games} games it differs from its examination in {finding.Differing:0.000} of the verdicts, where {finding.Expected:0.000} is its own wavering (p = {finding.PValue:0.#####}, level {level:0.#####})");

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: judge {Judge} is {Standing}. {Sentence}")]
    private partial void LogStanding(string runId, string judge, string standing, string sentence);
}
