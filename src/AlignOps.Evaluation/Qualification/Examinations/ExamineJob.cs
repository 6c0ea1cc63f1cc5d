using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Evaluation.Qualification.Attacks;
using AlignOps.Evaluation.Qualification.Certificates;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace AlignOps.Evaluation.Qualification.Examinations;

/// <summary>
/// Examines a live judge on a labelled set. Every answer is kept on the examination's own occasions, so a worker that dies is followed by one that asks only what was not answered. An
/// examination that the endpoint or the budget cut short ends without a certificate, under a named reason: half an examination certifies nobody.
/// </summary>
internal sealed partial class ExamineJob(IPipelineDefinitions definitions, IBlobStore blobs, JudgeOpener opener, TimeProvider time, ILogger<ExamineJob> logger) : IJobHandler
{
    internal const string JobKind = "evaluation.examine";

    /// <summary>Share of calls that may fail; they count as questions without a verdict.</summary>
    private const double MostFailed = 0.01;

    /// <summary>Calls that failed are made again once, after all others: an endpoint's bad minute is not its judge's.</summary>
    private const int Rounds = 2;

    public string Kind => JobKind;

    public async Task<JobResult> RunAsync(JobContext job, CancellationToken cancellationToken)
    {
        var command = JsonSerializer.Deserialize<ExamineJudge>(job.Payload) ?? throw new InvalidDataException("The job has no command.");
        var end = await ExamineAsync(command, job.Progress, cancellationToken);
        LogEnded(command.ExaminationId, command.Judge, end.State, end.Reason);
        return new JobResult($"{end.State}: {end.Reason}", (work, token) => ExaminationStore.EndAsync(work, command.ExaminationId, end, time.GetUtcNow().ToUnixTimeMilliseconds(), token));
    }

    private async Task<ExaminationEnd> ExamineAsync(ExamineJudge command, IJobProgress progress, CancellationToken cancellationToken)
    {
        var section = await definitions.SectionAsync<EvaluationSection>(command.DefinitionDigest, cancellationToken);
        if (section.Judges.FirstOrDefault(one => one.Name == command.Judge) is not { } judge) return ExaminationEnd.Without("unknown-judge", $"The definition has no judge {command.Judge}.");
        await using var file = await blobs.OpenAsync(command.LabelsBlob, cancellationToken);
        var (read, labels, faults) = await LabelledPairs.ReadAsync(file, cancellationToken);
        if (faults.Count > 0 || read.Count == 0) return ExaminationEnd.Without("labels-invalid", faults.Count > 0 ? faults[0] : "The labelled set is empty.");

        var asked = judge.Qualification;
        var (opened, code, sentence) = await opener.OpenAsync(judge, new JudgeAccount(command.ExaminationId, asked.Budget ?? judge.Budget), cancellationToken);
        if (opened is null) return ExaminationEnd.Without(code!, sentence!);
        using var live = opened;

        var pairs = Mixed(read, labels);
        var (examination, counts) = await AskAsync(command, judge, live, pairs, progress, cancellationToken);
        var failed = counts.Failed.Values.Sum();
        var made = counts.Asked;
        var names = string.Join(", ", counts.Failed.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"));
        if (counts.Failed.ContainsKey("over-budget"))
        {
            return ExaminationEnd.Without("budget-exhausted", string.Create(CultureInfo.InvariantCulture, $"The budget was spent ({live.Spent.Tokens} tokens) with {counts.Failed["over-budget"]} of {made} questions not asked. What was answered is lost; a larger qualification.budget examines all."));
        }

        if (failed > MostFailed * made) return ExaminationEnd.Without("judge-down", string.Create(CultureInfo.InvariantCulture, $"{failed} of {made} questions were not answered: {names}."));

        var report = Qualifying.Judge(judge.Name, live.Digest, labels, examination, QualificationLimits.Of(asked), asked.Family, Seed(labels));
        var certificate = new Certificate(
            command.ExaminationId, command.Pipeline, pairs.Count, report, AttackTally.Of(examination.Attacks ?? []), [.. examination.Pairs.Take(asked.Repeated).Select(FrozenPair.Of)], live.Spent.Tokens, live.Spent.Money);
        var digest = await blobs.PutTextAsync(CertificateJson.Write(certificate), cancellationToken);
        return new ExaminationEnd(JudgeExamination.Certified, "", report.Sentence, digest, report.Qualified, JsonSerializer.Serialize(report.Measurements, CertificateJson.Options));
    }

    private static async Task<(Examination Examination, (int Asked, IReadOnlyDictionary<string, int> Failed) Counts)> AskAsync(
        ExamineJudge command, JudgeSection judge, OpenedJudge live, IReadOnlyList<LabelledPair> pairs, IJobProgress progress, CancellationToken cancellationToken)
    {
        var asked = judge.Qualification;
        var expected = 2 * (pairs.Count + Math.Min(pairs.Count, asked.Repeated) * (asked.Repeats - 1) + asked.Attacked * AttackSuite.All.Count);
        for (var round = 1; ; round++)
        {
            var failed = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
            var done = 0;
            var examiner = new Examiner(
                time => new CountingJudge(live.Ask($"examination {command.ExaminationId} {time}"), verdict =>
                {
                    if (FailedCalls.Name(verdict) is { } name) failed.AddOrUpdate(name, 1, (_, count) => count + 1);
                    var now = Interlocked.Increment(ref done);
                    return progress.ReportAsync(Math.Min(1, (double)now / expected), JsonSerializer.Serialize(new { examining = command.Judge, questions = now, of = expected }), cancellationToken);
                }),
                asked.Repeats, asked.Repeated, asked.Attacked, judge.Concurrency);
            var examination = await examiner.RunAsync(pairs, cancellationToken);
            if (failed.IsEmpty || failed.ContainsKey("over-budget") || round == Rounds) return (examination, (done, failed));
        }
    }

    /// <summary>In an order that the set itself decides, so that the pairs that are asked again, attacked and frozen come from all of it.</summary>
    internal static IReadOnlyList<LabelledPair> Mixed(IReadOnlyList<LabelledPair> pairs, string labelsDigest) =>
        [.. pairs.OrderBy(pair => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{labelsDigest}\n{pair.Id}"))), StringComparer.Ordinal)];

    private static long Seed(string labelsDigest) => long.Parse(labelsDigest.AsSpan(0, 15), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "Examination {ExaminationId} of judge {Judge}: {State}. {Reason}")]
    private partial void LogEnded(string examinationId, string judge, string state, string reason);
}
