using System.Collections.ObjectModel;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Runs;

/// <param name="Examples">Rows trained on.</param>
/// <param name="Skipped">Training rows that made no example, by reason code.</param>
/// <param name="HeldOutSkipped">The same of the held-out rows.</param>
internal sealed record AdapterTrainingResult(
    TrainingSummary Summary, int Examples, IReadOnlyDictionary<string, int> Skipped, IReadOnlyDictionary<string, int> HeldOutSkipped)
{
    /// <summary>Of each reason the first training rows that it holds for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> FirstRows { get; init; } = ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;
}
