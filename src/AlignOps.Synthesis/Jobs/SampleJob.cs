using System.Globalization;
using System.Text.Json;
using AlignOps.Contracts.Runs;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;
using AlignOps.Rewards;
using AlignOps.Synthesis.Agreement;
using AlignOps.Synthesis.Definitions;
using AlignOps.Synthesis.Sampling;
using Dapper;

namespace AlignOps.Synthesis.Jobs;

/// <summary>
/// Extends a run's feedback with ranked answers of the champion, if the verifier that ranks them agrees with the people who gave the feedback.
/// Otherwise it adds nothing: a verifier must not repair a batch that contradicts it.
/// </summary>
internal sealed class SampleJob(
    IPolicyEngine engine, VerifierCatalogue verifiers, IBlobStore blobs, IPipelineDefinitions definitions, TimeProvider time) : IJobHandler
{
    public const string JobKind = "synthesis.sample";

    public string Kind => JobKind;

    public async Task<JobResult> RunAsync(JobContext job, CancellationToken cancellationToken)
    {
        Synthesize message = JsonSerializer.Deserialize<Synthesize>(job.Payload, JsonSerializerOptions.Web)!;
        SynthesisSection section = await definitions.SectionAsync<SynthesisSection>(message.DefinitionDigest, cancellationToken);
        SynthesisOutcome outcome = section.Method == SynthesisSection.None
            ? SynthesisOutcome.None(new VerifierAgreement(0, 0, 0, 0), "The pipeline asks for no synthesis.")
            : await SynthesizeAsync(message, section, job, cancellationToken);

        using var content = new MemoryStream(DatasetJson.WriteRows(outcome.Rows));
        string digest = await blobs.PutAsync(content, cancellationToken);
        var completed = new SynthesisCompleted(message.RunId, digest, outcome.Rows.Count, outcome.Note);
        return new JobResult(outcome.Note ?? $"{completed.Rows} rows", (work, token) => CommitAsync(completed, outcome, work, token));
    }

    private async Task<SynthesisOutcome> SynthesizeAsync(Synthesize message, SynthesisSection section, JobContext job, CancellationToken cancellationToken)
    {
        IVerifier verifier = verifiers.Find(section.Verifier)
            ?? throw new JobFailedException("unknown-verifier", $"There is no verifier '{section.Verifier}'; there are {string.Join(", ", verifiers.Names)}.");
        DatasetManifest manifest = DatasetJson.Read(await blobs.ReadTextAsync(message.DatasetDigest, cancellationToken));
        IReadOnlyList<FeedbackRow> train = await RowsAsync(manifest.Train, cancellationToken);
        VerifierAgreement agreement = VerifierAgreement.Of(verifier, Judged(manifest, [.. train, .. await RowsAsync(manifest.HeldOut, cancellationToken)]));
        if (agreement.LowerBound <= section.MinAgreement)
        {
            return SynthesisOutcome.None(
                agreement,
                string.Create(
                    CultureInfo.InvariantCulture, $"No rows added: {agreement}; to extend the feedback the bound must be above {section.MinAgreement:P1}."));
        }

        string checkpoint = await blobs.MaterializeAsync(message.Champion.Checkpoint, cancellationToken);
        string? adapter = message.Champion.Adapter is { } digest ? await blobs.MaterializeAsync(digest, cancellationToken) : null;
        try
        {
            using IPolicyModel policy = engine.Load(checkpoint, adapter);
            IReadOnlyList<SampledPrompt> prompts = PromptLot.Draw(train, message.Seed, section.MaxPrompts);
            var sampler = new RankedSampler(policy, Tokenizer.Load(checkpoint), verifier, section, message.Champion.ShortName);
            (IReadOnlyList<FeedbackRow> rows, SamplingTally tally) = await sampler.RunAsync(
                prompts,
                done => job.Progress.ReportAsync((double)done / prompts.Count, $$"""{"prompts":{{done}},"of":{{prompts.Count}}}""", cancellationToken),
                cancellationToken);
            return new SynthesisOutcome(rows, tally, agreement, $"{rows.Count} rows of {tally}; {agreement}.");
        }
        catch (ModelFormatException fault)
        {
            throw new JobFailedException(fault.Reason, fault.Message);
        }
    }

    /// <summary>People's rows of the run's own batches; where it has none, as in a scheduled run, all people's rows.</summary>
    private static IEnumerable<FeedbackRow> Judged(DatasetManifest manifest, IReadOnlyList<FeedbackRow> rows)
    {
        FeedbackRow[] own = [.. rows.Where(r => r.Provenance.SyntheticDepth == 0 && manifest.BatchIds.Contains(r.Provenance.BatchId))];
        return own.Length > 0 ? own : rows.Where(r => r.Provenance.SyntheticDepth == 0);
    }

    private async Task<IReadOnlyList<FeedbackRow>> RowsAsync(string digest, CancellationToken cancellationToken)
    {
        await using Stream content = await blobs.OpenAsync(digest, cancellationToken);
        return await DatasetJson.ReadRowsAsync(content, cancellationToken);
    }

    private async Task CommitAsync(SynthesisCompleted completed, SynthesisOutcome outcome, IUnitOfWork work, CancellationToken cancellationToken)
    {
        await work.Connection.ExecuteAsync(
            """
            insert into synthesis_result
                (run_id, digest, synthetic_rows, prompts, samples, cut, unscored, repeated, level, agreement, agreement_lower, agreement_rows, note, at)
            values
                (@RunId, @SyntheticDigest, @Rows, @Prompts, @Samples, @Cut, @Unscored, @Repeated, @Level, @Share, @LowerBound, @AgreementRows, @Note, @At)
            on conflict (run_id) do nothing
            """,
            new
            {
                completed.RunId,
                completed.SyntheticDigest,
                completed.Rows,
                outcome.Tally.Prompts,
                outcome.Tally.Samples,
                outcome.Tally.Cut,
                outcome.Tally.Unscored,
                outcome.Tally.Repeated,
                outcome.Tally.Level,
                outcome.Agreement.Share,
                outcome.Agreement.LowerBound,
                AgreementRows = outcome.Agreement.Rows,
                completed.Note,
                At = time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            work.Transaction);
        await work.PublishAsync(completed, $"{completed.RunId}/synthesized", cancellationToken);
    }
}
