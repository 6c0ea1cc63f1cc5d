using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Pipelines;

/// <summary>The other services of the loop as message handlers that answer at once: every command crosses the bus, and so does its answer.</summary>
internal sealed class ScriptedServices :
    IHandle<BuildDataset>, IHandle<Synthesize>, IHandle<TrainCandidate>, IHandle<EvaluateCandidate>, IHandle<DecideGate>
{
    public static void Add(IServiceCollection services) => services
        .AddMessageHandler<BuildDataset, ScriptedServices>("intake")
        .AddMessageHandler<Synthesize, ScriptedServices>("synthesis")
        .AddMessageHandler<TrainCandidate, ScriptedServices>("training")
        .AddMessageHandler<EvaluateCandidate, ScriptedServices>("evaluation")
        .AddMessageHandler<DecideGate, ScriptedServices>("promotion");

    public Task HandleAsync(BuildDataset message, IUnitOfWork work, CancellationToken cancellationToken) => work.PublishAsync(
        new DatasetPublished(message.RunId, "d", message.SyntheticDigest is not null, 10, 1, 0), $"{message.RunId}/{message.SyntheticDigest}", cancellationToken);

    public Task HandleAsync(Synthesize message, IUnitOfWork work, CancellationToken cancellationToken) => work.PublishAsync(
        new SynthesisCompleted(message.RunId, "s", 5, null), message.RunId, cancellationToken);

    public Task HandleAsync(TrainCandidate message, IUnitOfWork work, CancellationToken cancellationToken) => work.PublishAsync(
        new CandidateTrained(message.RunId, message.Start with { Adapter = new string('e', 64) }, "m", 1, 1), message.RunId, cancellationToken);

    public Task HandleAsync(EvaluateCandidate message, IUnitOfWork work, CancellationToken cancellationToken) => work.PublishAsync(
        new CandidateEvaluated(message.RunId, "e", 1, 0), message.RunId, cancellationToken);

    public Task HandleAsync(DecideGate message, IUnitOfWork work, CancellationToken cancellationToken) => work.PublishAsync(
        new GateDecided(message.RunId, message.Pipeline, message.BatchIds.Contains("b-bad") ? GateDecision.Reject : GateDecision.Promote, "scripted", "r", 0.7, 0.6, 100), message.RunId, cancellationToken);
}
