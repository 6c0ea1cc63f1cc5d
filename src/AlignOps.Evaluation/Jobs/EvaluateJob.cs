using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Baselines;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.HeldOut;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Evaluation.Qualification.Standings;
using AlignOps.Evaluation.Suites;
using AlignOps.Evaluation.Suites.Kinds;
using AlignOps.Models.Policies;
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
    IPipelineDefinitions definitions, IBlobStore blobs, IPolicyEngine engine, VerifierCatalogue verifiers, AnswerCache answers, JudgePanel panel, JudgeWatch watch, JudgeOpener opener, TimeProvider time, ILogger<EvaluateJob> logger) : IJobHandler
{
    internal const string JobKind = "evaluation.evaluate";

    public string Kind => JobKind;

    public async Task<JobResult> RunAsync(JobContext job, CancellationToken cancellationToken)
    {
        var command = JsonSerializer.Deserialize<EvaluateCandidate>(job.Payload) ?? throw new InvalidDataException("The job has no command.");
        var section = await definitions.SectionAsync<EvaluationSection>(command.DefinitionDigest, cancellationToken);
        var directory = await definitions.DirectoryAsync(command.DefinitionDigest, cancellationToken);
        using var loader = new SuiteLoader(
            section, directory, verifiers, template => new LikelihoodScoring(engine, blobs, new ModelRef(command.Candidate.Checkpoint, null), template),
            judge => opener.OpenAsync(judge, new JudgeAccount(command.RunId, judge.Budget), cancellationToken));
        var suites = await loader.LoadAsync(cancellationToken);
        var plan = BaselinePlan.Of(section.Baseline, await loader.BaselineAsync(cancellationToken), command, suites);
        var draws = DrawList.Shuffled(suites, command.Seed);

        var asksAnchor = command.Anchor != command.Champion;
        var progress = new EvaluationProgress(job.Progress, draws.Count * (asksAnchor ? 3 : 2) + (plan?.Draws ?? 0));
        var asker = new ModelAsker(blobs, engine, answers);
        var candidate = await asker.AskAsync("candidate", command.Candidate, suites, progress, cancellationToken);
        var champion = await asker.AskAsync("champion", command.Champion, suites, progress, cancellationToken);
        var anchor = asksAnchor ? await asker.AskAsync("anchor", command.Anchor, suites, progress, cancellationToken) : null;
        var baseline = plan is null ? null : await asker.AskAsync("baseline", plan.Model, plan.Suites, progress, cancellationToken);

        foreach (var suite in suites)
        {
            ModelAnswers?[] all = [candidate, champion, anchor, baseline];
            await suite.Scoring.PrepareAsync([.. DrawList.Of(suite).SelectMany(draw => all.Select(model => model?.Find(draw)).OfType<ModelAnswer>().Select(answer => (draw, answer)))], cancellationToken);
        }

        var items = new List<EvidenceItem>(draws.Count);
        foreach (var draw in draws)
        {
            cancellationToken.ThrowIfCancellationRequested();
            items.Add(await EvidenceWriter.WriteAsync(draw, candidate[draw], champion[draw], anchor?[draw], cancellationToken));
            if (baseline?.Find(draw) is { } untrained) items[^1] = await EvidenceWriter.WithBaselineAsync(items[^1], draw, candidate[draw], untrained, cancellationToken);
            await progress.JudgedAsync(section.Judges.Any(judge => judge.DecidesSuite(draw.Suite.Section)) ? items[^1] with { VersusChampion = null } : items[^1], draws.Count, cancellationToken);
        }

        var heldOut = await new HeldOutJudging(blobs, engine).JudgeAsync(command, section.HeldOutPairs, cancellationToken);
        items.AddRange(heldOut?.Items ?? []);
        var answered = new DrawnAnswers(draw => candidate[draw], draw => champion[draw], anchor is null ? null : draw => anchor[draw], baseline is null ? null : baseline.Find);
        var judgedBy = await new JudgingStep(panel, watch, section, command, progress).JudgeAsync(draws, items, answered, directory, cancellationToken);
        var header = new EvidenceHeader(
            EvidenceHeader.CurrentVersion, command.RunId, command.Pipeline, command.DefinitionDigest, command.Candidate, command.Champion, command.Anchor, command.Seed,
            [.. suites.Select(suite => judgedBy.Of(suite.Evidence)), .. heldOut is { } judged ? [judged.Suite] : (ReadOnlySpan<EvidenceSuite>)[]],
            judgedBy.Reports.Count == 0 ? null : judgedBy.Reports, judgedBy.Standings.Count == 0 ? null : judgedBy.Standings)
        {
            Baseline = plan?.Evidence,
        };
        var digest = await blobs.PutTextAsync(new EvidenceFile(header, items).Write(), cancellationToken);
        var unscored = items.Count(item => item.IsUnscored);
        LogEvaluated(command.RunId, items.Count, unscored, digest);
        var evaluated = new CandidateEvaluated(command.RunId, digest, items.Count, unscored, judgedBy.Sentence);
        return new JobResult($"{items.Count} answers compared, {unscored} unscored; {asker.Generated} generated, {asker.Reused} reused", (work, token) => CommitAsync(work, evaluated, token));
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
