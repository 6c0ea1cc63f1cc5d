using AlignOps.Models.Policies;
using AlignOps.Training.Batching;
using AlignOps.Training.Metrics;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Trainers;

/// <summary>
/// Forward and backward of one optimizer step, micro-batch by micro-batch. The plan's normalisers are known beforehand, so each micro-batch's gradient is
/// its part of the whole; an objective that couples micro-batches is shown the whole step's scores first.
/// </summary>
/// <param name="reference">The frozen policy where the objective compares with one.</param>
internal sealed class StepPass(ITrainablePolicy policy, IPolicyModel? reference, IObjective objective, StepPlan plan, int microBatchTokens)
{
    public MetricTotals Metrics { get; } = new();

    /// <summary>Adds the step's gradient to the parameters and returns its loss. Stops before a backward pass where the loss is not finite.</summary>
    public double Run(CancellationToken cancellationToken)
    {
        IReadOnlyList<ArraySegment<PlannedSequence>> parts = MicroBatches.Split(plan, microBatchTokens);
        return plan.CouplesMicroBatches && (parts.Count > 1 || plan.Sequences.Any(s => !s.Trains)) ? RunCoupled(parts, cancellationToken) : RunApart(parts, cancellationToken);
    }

    private double RunApart(IReadOnlyList<ArraySegment<PlannedSequence>> parts, CancellationToken cancellationToken)
    {
        double loss = 0;
        foreach (ArraySegment<PlannedSequence> part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using IForwardPass pass = policy.Forward(Sequences(part));
            LossResult result = objective.Loss(plan, Scored(part, pass.LogProbabilities));
            loss += result.Loss;
            Metrics.Add(result.Metrics);
            if (!double.IsFinite(loss))
            {
                return loss;
            }

            pass.Backward(Narrow(result.Gradients));
        }

        return loss;
    }

    private double RunCoupled(IReadOnlyList<ArraySegment<PlannedSequence>> parts, CancellationToken cancellationToken)
    {
        List<ScoredSequence> scored = [];
        foreach (ArraySegment<PlannedSequence> part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scored.AddRange(Scored(part, policy.Score(Sequences(part))));
        }

        LossResult result = objective.Loss(plan, scored);
        Metrics.Add(result.Metrics);
        if (!double.IsFinite(result.Loss))
        {
            return result.Loss;
        }

        int at = 0;
        foreach (ArraySegment<PlannedSequence> part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (PlannedSequence Planned, double[] Gradient)[] trained = [.. part.Zip(result.Gradients.Skip(at)).Where(pair => pair.First.Trains)];
            at += part.Count;
            if (trained.Length > 0)
            {
                using IForwardPass pass = policy.Forward([.. trained.Select(pair => pair.Planned.Sequence)]);
                pass.Backward(Narrow(trained.Select(pair => pair.Gradient)));
            }
        }

        return result.Loss;
    }

    private static TokenSequence[] Sequences(ArraySegment<PlannedSequence> part) => [.. part.Select(p => p.Sequence)];

    private ScoredSequence[] Scored(ArraySegment<PlannedSequence> part, IReadOnlyList<float[]> logProbabilities)
    {
        IReadOnlyList<float[]>? references = objective.NeedsReference ? reference!.Score(Sequences(part)) : null;
        return
        [
            .. part.Select((planned, i) =>
                new ScoredSequence(planned, Array.ConvertAll(logProbabilities[i], v => (double)v), references?[i].Sum(v => (double)v) ?? 0)),
        ];
    }

    private static float[][] Narrow(IEnumerable<double[]> gradients) => [.. gradients.Select(g => Array.ConvertAll(g, v => (float)v))];
}
