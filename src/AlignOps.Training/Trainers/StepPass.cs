using AlignOps.Models.Policies;
using AlignOps.Training.Batching;
using AlignOps.Training.Metrics;
using AlignOps.Training.Objectives;
using AlignOps.Training.References;

namespace AlignOps.Training.Trainers;

/// <summary>
/// Forward and backward of an optimizer step, micro-batch by micro-batch. The plan's normalisers are known beforehand, so each micro-batch's gradient is
/// its part of the whole; an objective that couples micro-batches is shown the whole step's scores first, under the same noise.
/// </summary>
/// <param name="references">Of every sequence that will come, where the objective compares with a frozen policy.</param>
/// <param name="microBatchTokens">Tokens that go through the engine at once.</param>
internal sealed class StepPass(ITrainablePolicy policy, ReferenceScores? references, IObjective objective, int microBatchTokens)
{
    /// <summary>Adds the step's gradient to the parameters. Stops before a backward pass where the loss is not finite.</summary>
    /// <param name="step">0-based; with the noise's seed it decides the noise.</param>
    public StepOutcome Run(StepPlan plan, StepNoise noise, int step, CancellationToken cancellationToken)
    {
        IReadOnlyList<ArraySegment<PlannedSequence>> parts = MicroBatches.Split(plan, microBatchTokens);
        return plan.CouplesMicroBatches && (parts.Count > 1 || plan.Sequences.Any(s => !s.Trains))
            ? RunCoupled(plan, parts, noise, step, cancellationToken)
            : RunApart(plan, parts, noise, step, cancellationToken);
    }

    /// <summary>The same loss and metrics without noise and without a gradient.</summary>
    public StepOutcome Measure(StepPlan plan, CancellationToken cancellationToken)
    {
        List<ScoredSequence> scored = Score(MicroBatches.Split(plan, microBatchTokens), StepNoise.None, 0, cancellationToken);
        var metrics = new MetricTotals();
        return new StepOutcome(Judge(plan, scored, metrics).Loss, metrics, scored);
    }

    private StepOutcome RunApart(
        StepPlan plan, IReadOnlyList<ArraySegment<PlannedSequence>> parts, StepNoise noise, int step, CancellationToken cancellationToken)
    {
        var metrics = new MetricTotals();
        double loss = 0;
        ScoredSequence[] scored = [];
        foreach (ArraySegment<PlannedSequence> part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using IForwardPass pass = policy.Forward(Sequences(part, noise, step), noise.Scoring);
            scored = ScoredPart.Read(part, pass, References(part));
            LossResult result = Judge(plan, scored, metrics);
            loss += result.Loss;
            if (!double.IsFinite(loss))
            {
                break;
            }

            pass.Backward(ScoredPart.Narrow(result.Gradients), ScoredPart.Narrow(part, result.ValueGradients));
        }

        return new StepOutcome(loss, metrics, scored);
    }

    private StepOutcome RunCoupled(
        StepPlan plan, IReadOnlyList<ArraySegment<PlannedSequence>> parts, StepNoise noise, int step, CancellationToken cancellationToken)
    {
        var metrics = new MetricTotals();
        List<ScoredSequence> scored = Score(parts, noise, step, cancellationToken);
        LossResult result = Judge(plan, scored, metrics);
        int at = 0;
        foreach (ArraySegment<PlannedSequence> part in double.IsFinite(result.Loss) ? parts : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = at;
            at += part.Count;
            int[] trained = [.. Enumerable.Range(0, part.Count).Where(i => part[i].Trains)];
            if (trained.Length > 0)
            {
                PlannedSequence[] planned = [.. trained.Select(i => part[i])];
                using IForwardPass pass = policy.Forward(Sequences(planned, noise, step), noise.Repeating);
                pass.Backward(
                    ScoredPart.Narrow(trained.Select(i => result.Gradients[start + i])),
                    ScoredPart.Narrow(planned, result.ValueGradients is { } values ? trained.Select(i => values[start + i]) : null));
            }
        }

        return new StepOutcome(result.Loss, metrics, scored);
    }

    private List<ScoredSequence> Score(
        IReadOnlyList<ArraySegment<PlannedSequence>> parts, StepNoise noise, int step, CancellationToken cancellationToken)
    {
        List<ScoredSequence> scored = [];
        foreach (ArraySegment<PlannedSequence> part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using IForwardPass pass = policy.Forward(Sequences(part, noise, step), noise.Scoring);
            scored.AddRange(ScoredPart.Read(part, pass, References(part)));
        }

        return scored;
    }

    private LossResult Judge(StepPlan plan, IReadOnlyList<ScoredSequence> scored, MetricTotals metrics)
    {
        LossResult result = objective.Loss(plan, scored);
        metrics.Add(result.Metrics);
        metrics.Add(ScoredPart.Statistics(scored));
        return result;
    }

    private static TokenSequence[] Sequences(IEnumerable<PlannedSequence> part, StepNoise noise, int step) =>
        [.. part.Select(planned => noise.On(planned.Sequence, step, planned.Example))];

    private IReadOnlyList<double>? References(ArraySegment<PlannedSequence> part) =>
        references is null ? null : [.. part.Select(planned => references.Of(planned.Sequence))];
}
