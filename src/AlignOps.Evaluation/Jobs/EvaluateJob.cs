using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.HeldOut;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Evaluation.Suites;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;
using AlignOps.Rewards;
using Dapper;
using Microsoft.Extensions.Logging;

namespace AlignOps.Evaluation.Jobs;

/// <summary>
/// Lets candidate, champion and anchor answer the suites, one model in memory at a time, judges the answers and stores the evidence. Equal commands give equal bytes, but for what
/// judges over a network report.
/// </summary>
internal sealed partial class EvaluateJob(
    IPipelineDefinitions definitions, IBlobStore blobs, IPolicyEngine engine, VerifierCatalogue verifiers, JudgePanel panel, TimeProvider time, ILogger<EvaluateJob> logger) : IJobHandler
{
    internal const string JobKind = "evaluation.evaluate";

    public string Kind => JobKind;

    public async Task<JobResult> RunAsync(JobContext job, CancellationToken cancellationToken)
    {
        var command = JsonSerializer.Deserialize<EvaluateCandidate>(job.Payload) ?? throw new InvalidDataException("The job has no command.");
        var section = await definitions.SectionAsync<EvaluationSection>(command.DefinitionDigest, cancellationToken);
        var directory = await definitions.DirectoryAsync(command.DefinitionDigest, cancellationToken);
        var suites = await SuiteLoader.LoadAsync(section, directory, verifiers, cancellationToken);
        var draws = DrawList.Shuffled(suites, command.Seed);
        var preference = draws.Where(draw => draw.Suite.Section.Role == SuiteRole.Preference).ToList();

        var asksAnchor = command.Anchor != command.Champion;
        var progress = new EvaluationProgress(job.Progress, draws.Count * 2 + (asksAnchor ? preference.Count : 0));
        var store = new AnswerStore(blobs, job);
        var candidate = await AskAsync("candidate", command.Candidate, draws, command.Seed, store, progress, cancellationToken);
        var champion = await AskAsync("champion", command.Champion, draws, command.Seed, store, progress, cancellationToken);
        var anchor = asksAnchor ? new Queue<ModelAnswer>(await AskAsync("anchor", command.Anchor, preference, command.Seed, store, progress, cancellationToken)) : null;

        var items = new List<EvidenceItem>(draws.Count);
        for (var i = 0; i < draws.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var third = anchor is not null && draws[i].Suite.Section.Role == SuiteRole.Preference ? anchor.Dequeue() : null;
            items.Add(await EvidenceWriter.WriteAsync(draws[i], candidate[i], champion[i], third, cancellationToken));
            await progress.JudgedAsync(items[^1], draws.Count, cancellationToken);
        }

        var heldOut = await new HeldOutJudging(blobs, engine).JudgeAsync(command, section.HeldOutPairs, cancellationToken);
        items.AddRange(heldOut?.Items ?? []);
        var reports = await ReportAsync(section, command, draws, items, [.. candidate.Zip(champion, (one, other) => (one.Unasked ?? other.Unasked) is not null)], progress, cancellationToken);
        var header = new EvidenceHeader(
            EvidenceHeader.CurrentVersion, command.RunId, command.Pipeline, command.DefinitionDigest, command.Candidate, command.Champion, command.Anchor, command.Seed,
            [.. suites.Select(suite => suite.Evidence), .. heldOut is { } judged ? [judged.Suite] : (ReadOnlySpan<EvidenceSuite>)[]],
            reports.Count == 0 ? null : reports);
        var digest = await blobs.PutTextAsync(new EvidenceFile(header, items).Write(), cancellationToken);
        var unscored = items.Count(item => item.IsUnscored);
        LogEvaluated(command.RunId, items.Count, unscored, digest);
        var evaluated = new CandidateEvaluated(command.RunId, digest, items.Count, unscored, reports.Count == 0 ? null : string.Join(' ', reports.Select(report => report.Sentence)));
        return new JobResult($"{items.Count} answers compared, {unscored} unscored", (work, token) => CommitAsync(work, evaluated, token));
    }

    /// <summary>After all that decides is written down, so that nothing a judge does can change it.</summary>
    private async Task<IReadOnlyList<JudgeReport>> ReportAsync(
        EvaluationSection section, EvaluateCandidate command, IReadOnlyList<Draw> draws, IReadOnlyList<EvidenceItem> items, bool[] unanswered, EvaluationProgress progress, CancellationToken cancellationToken)
    {
        var reports = new List<JudgeReport>();
        foreach (var judge in section.Judges)
        {
            List<PairToJudge> pairs =
            [
                .. draws.Select((draw, i) => new PairToJudge(draw.Item, items[i], unanswered[i]))
                    .Where(pair => pair.Evidence.VersusChampion is not null && (judge.Suites.Count == 0 || judge.Suites.Contains(pair.Evidence.Suite))),
            ];
            reports.Add(await panel.ReportAsync(judge, command.RunId, pairs, done => progress.ReportedAsync(judge.Name, done, pairs.Count, cancellationToken), cancellationToken));
        }

        return reports;
    }

    private async Task<IReadOnlyList<ModelAnswer>> AskAsync(
        string name, ModelRef model, IReadOnlyList<Draw> draws, long seed, AnswerStore store, EvaluationProgress progress, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(name, cancellationToken) is { } kept && kept.Count == draws.Count)
        {
            progress.Skip(draws.Count);
            return kept;
        }

        var checkpoint = await blobs.MaterializeAsync(model.Checkpoint, cancellationToken);
        var adapter = model.Adapter is { } digest ? await blobs.MaterializeAsync(digest, cancellationToken) : null;
        IReadOnlyList<ModelAnswer> answers;
        try
        {
            using var policy = engine.Load(checkpoint, adapter);
            var writer = new AnswerWriter(policy, Tokenizer.Load(checkpoint));
            answers = await writer.AnswerAsync(draws, name, seed, done => progress.AnsweredAsync(name, done, cancellationToken), cancellationToken);
        }
        catch (ModelFormatException fault)
        {
            throw new JobFailedException("model-unreadable", $"The {name} {model.ShortName} cannot be loaded: {fault.Message}");
        }

        progress.Skip(draws.Count);
        await store.KeepAsync(name, answers, cancellationToken);
        return answers;
    }

    private async Task CommitAsync(IUnitOfWork work, CandidateEvaluated evaluated, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into evaluation_evidence (run_id, evidence_digest, items, unscored, at)
            values (@RunId, @EvidenceDigest, @Items, @Unscored, @at)
            on conflict (run_id) do nothing
            """;
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        await work.Connection.ExecuteAsync(new CommandDefinition(
            Sql, new { evaluated.RunId, evaluated.EvidenceDigest, evaluated.Items, evaluated.Unscored, at }, work.Transaction, cancellationToken: cancellationToken));
        await work.PublishAsync(evaluated, $"{evaluated.RunId}/evaluated", cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: {Items} rows of evidence, {Unscored} unscored, stored as {Digest}.")]
    private partial void LogEvaluated(string runId, int items, int unscored, string digest);
}
