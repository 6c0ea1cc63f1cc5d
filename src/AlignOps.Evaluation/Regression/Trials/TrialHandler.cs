using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Evaluation.Regression.Trials;

/// <summary>Takes a trial from its training to its evaluation to its end. What the steps of runs answer passes by: a run is no trial.</summary>
internal sealed class TrialHandler(IBlobStore blobs) : IHandle<CandidateTrained>, IHandle<CandidateEvaluated>, IHandle<StepFailed>
{
    public async Task HandleAsync(CandidateTrained message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        if (await InAsync(Trial.Training, message.RunId, work, cancellationToken) is not { } trial) return;
        var run = await RegressionRun.FindAsync(work.Connection, work.Transaction, trial.RunId, cancellationToken);
        var header = EvidenceFile.Read(await blobs.ReadTextAsync(run!.EvidenceDigest!, cancellationToken)).Header;
        await TrialStore.MoveAsync(work, trial.TrialId, Trial.Evaluating, null, "", cancellationToken);
        var evaluate = new EvaluateCandidate(
            trial.TrialId, header.Pipeline, header.DefinitionDigest, message.Candidate, header.Champion, header.Anchor, header.Seed, run.DatasetDigest);
        await work.SendAsync(evaluate, $"{trial.TrialId}/evaluate", cancellationToken);
    }

    public async Task HandleAsync(CandidateEvaluated message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        if (await InAsync(Trial.Evaluating, message.RunId, work, cancellationToken) is not { } trial) return;
        await TrialStore.MoveAsync(work, trial.TrialId, Trial.Done, message.EvidenceDigest, "", cancellationToken);
    }

    public async Task HandleAsync(StepFailed message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        if (await TrialStore.FindAsync(work.Connection, work.Transaction, message.RunId, cancellationToken) is not { State: Trial.Training or Trial.Evaluating } trial) return;
        await TrialStore.MoveAsync(work, trial.TrialId, Trial.Failed, null, $"{message.Code}: {message.Reason} (step {message.Step})", cancellationToken);
    }

    private static async Task<Trial?> InAsync(string state, string trialId, IUnitOfWork work, CancellationToken cancellationToken) =>
        await TrialStore.FindAsync(work.Connection, work.Transaction, trialId, cancellationToken) is { } trial && trial.State == state ? trial : null;
}
