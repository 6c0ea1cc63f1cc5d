using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Platform.Blobs;
using Microsoft.Extensions.Logging;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>
/// Lets a definition's judges compare the candidate's answers with the champion's, beside the verifier or in its place. Whatever becomes of them, down to an endpoint that is not there,
/// ends as a report that says what was unscored and why.
/// </summary>
internal sealed partial class JudgePanel(JudgeOpener opener, IBlobStore blobs, TimeProvider time, ILogger<JudgePanel> logger)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="pairs">In the order of the evidence; where the budget does not last, the first ones are judged.</param>
    /// <param name="report">Told how many pairs are done.</param>
    public async Task<JudgeReport> ReportAsync(JudgeSection judge, string runId, IReadOnlyList<PairToJudge> pairs, Func<int, Task> report, CancellationToken cancellationToken) =>
        (await JudgeAsync(judge, runId, pairs, report, cancellationToken)).Report;

    /// <summary>The report and every pair behind it.</summary>
    public async Task<(JudgeReport Report, IReadOnlyList<JudgedPair> Judged)> JudgeAsync(
        JudgeSection judge, string runId, IReadOnlyList<PairToJudge> pairs, Func<int, Task> report, CancellationToken cancellationToken)
    {
        var (opened, code, sentence) = await opener.OpenAsync(judge, new JudgeAccount(runId, judge.Budget), cancellationToken);
        if (opened is null)
        {
            LogNotOpened(runId, judge.Name, sentence!);
            return (
                ReportWriter.Silent(judge, judge.AsksAModel ? LlmJudge.DigestOf(judge) : "", pairs.Count, code!, sentence!),
                [.. pairs.Select(pair => Line(pair.Evidence, new EvidenceComparison(null, Consistent: true, code), null, null))]);
        }

        using var asked = opened;
        using var stop = judge.StopWhenDecided is { } level ? new JudgingStop(pairs, level) : null;
        var judged = await JudgeAsync(asked.Ask(), judge, pairs, stop, report, cancellationToken);

        var details = await blobs.PutTextAsync(Write(asked.Identity, judged), cancellationToken);
        var found = ReportWriter.Write(judge, asked.Digest, details, pairs, judged, asked.Tally.Calls, asked.Spent, stop);
        LogReported(runId, found.Sentence);
        return (found, judged);
    }

    private async Task<JudgedPair[]> JudgeAsync(IJudge judge, JudgeSection section, IReadOnlyList<PairToJudge> pairs, JudgingStop? stop, Func<int, Task> report, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(section.TimeLimitMinutes), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop?.Decided ?? CancellationToken.None, cancellationToken);
        var judged = new JudgedPair[pairs.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = section.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, pairs.Count, options, async (turn, _) =>
        {
            var i = stop?.Order[turn] ?? turn;
            try
            {
                // Between two turns of a decided judge nothing is asked, not even what is in the cache.
                either.Token.ThrowIfCancellationRequested();
                judged[i] = await JudgeAsync(judge, pairs[i], either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                judged[i] = Line(pairs[i].Evidence, new EvidenceComparison(null, Consistent: true, "time-limit"), null, null);
            }

            stop?.Judged(turn, judged[i].Comparison);
            await report(Interlocked.Increment(ref done));
        });
        if (stop?.After is not { } after) return judged;

        // How far calls had run ahead of the decision is chance, so all beyond it is as if nobody had been asked.
        foreach (var i in stop.Order.Skip(after)) judged[i] = Line(pairs[i].Evidence, new EvidenceComparison(null, Consistent: true, "decided"), null, null);
        return judged;
    }

    private static async Task<JudgedPair> JudgeAsync(IJudge judge, PairToJudge pair, CancellationToken cancellationToken)
    {
        var (candidate, champion) = (Shown(pair.Evidence.Candidate), Shown(pair.Evidence.Champion));
        if (pair.Unanswered) return Line(pair.Evidence, new EvidenceComparison(null, Consistent: true, "unanswered"), null, null);
        if (candidate.SameAs(champion)) return Line(pair.Evidence, new EvidenceComparison(0.5, Consistent: true, null), null, null);

        var ahead = await judge.CompareAsync(pair.Item, candidate, champion, cancellationToken);
        var behind = await judge.CompareAsync(pair.Item, champion, candidate, cancellationToken);
        return Line(pair.Evidence, PairedOutcome.Join(ahead, behind), JudgedOrder.Of(ahead), JudgedOrder.Of(behind));
    }

    private static JudgedAnswer Shown(EvidenceAnswer answer) => new(answer.Text, answer.Earlier ?? []);

    private static JudgedPair Line(EvidenceItem item, EvidenceComparison comparison, JudgedOrder? candidateFirst, JudgedOrder? championFirst) =>
        new(item.Suite, item.Id, item.Sample, item.Slice, item.Unit, comparison, candidateFirst, championFirst);

    /// <summary>The judge's identity in the first line, a pair in each other.</summary>
    private static string Write(string identity, IEnumerable<JudgedPair> pairs)
    {
        var text = new StringBuilder(identity).Append('\n');
        foreach (var pair in pairs) text.Append(JsonSerializer.Serialize(pair, Options)).Append('\n');
        return text.ToString();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: {Sentence}")]
    private partial void LogReported(string runId, string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId}: judge {Judge} cannot be asked: {Reason}")]
    private partial void LogNotOpened(string runId, string judge, string reason);
}
