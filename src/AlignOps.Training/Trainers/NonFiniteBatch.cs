using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlignOps.Models.Policies;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Objectives;
using AlignOps.Training.Optimization;

namespace AlignOps.Training.Trainers;

/// <summary>The batch of a step whose loss or gradient is not a finite number, saved for whoever has to find out why.</summary>
internal static class NonFiniteBatch
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Writes rows, tokens, scores and gradient norms into the folder, and returns the failure that names the file.</summary>
    /// <param name="step">1-based.</param>
    public static JobFailedException Save(
        string folder, int step, int totalSteps, StepPlan plan, StepOutcome outcome, double norm, IReadOnlyList<TrainableParameter> parameters)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"not-finite-step-{step.ToString(CultureInfo.InvariantCulture)}.json");
        string[] rows = [.. plan.Examples.Select(e => e.RowId)];
        Dictionary<PlannedSequence, ScoredSequence> scored = new(ReferenceEqualityComparer.Instance);
        foreach (ScoredSequence sequence in outcome.Latest)
        {
            scored[sequence.Planned] = sequence;
        }

        var saved = new
        {
            step,
            outcome.Loss,
            GradientNorm = norm,
            Rows = rows,
            Sequences = plan.Sequences.Select(planned => new
            {
                Row = rows[planned.Example],
                planned.Candidate,
                planned.Trains,
                planned.Sequence.Tokens,
                Scored = Enumerable.Range(0, planned.Tokens).Where(t => planned.Sequence.Scored[t]),
                LogProbabilities = scored.GetValueOrDefault(planned)?.LogProbabilities,
                Reference = scored.GetValueOrDefault(planned)?.Reference,
                scored.GetValueOrDefault(planned)?.Value,
            }),
            GradientNorms = parameters.ToDictionary(p => p.Name, p => GradientNorm.Of([p])),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(saved, Json));
        return new JobFailedException(
            "loss-not-finite",
            $"Step {step} of {totalSteps} gave loss {outcome.Loss} and gradient norm {norm}; its rows are {string.Join(", ", rows)}. "
            + $"The batch is saved in {path}: tokens, log-probabilities, gradient norms. Lower the learning rate, or look at these rows.");
    }
}
