using System.Collections.ObjectModel;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Training.HeldOut;

namespace AlignOps.Training.Command;

/// <summary>A finished <c>alignops train</c>.</summary>
/// <param name="Rows">Rows of the file by verdict.</param>
/// <param name="Faults">Every row that was not accepted, in the file's order.</param>
/// <param name="Examples">Rows trained on.</param>
/// <param name="Skipped">Accepted rows that were neither trained on nor held out, by reason code.</param>
/// <param name="Tokens">All tokens trained on, prompts included, over all epochs.</param>
/// <param name="HeldOut">The trained policy on the held-out rows.</param>
public sealed record TrainCommandReport(
    IReadOnlyDictionary<RowVerdict, int> Rows,
    IReadOnlyList<RowOutcome> Faults,
    int Examples,
    IReadOnlyDictionary<string, int> Skipped,
    int Steps,
    long Tokens,
    double FinalLoss,
    HeldOutReport HeldOut,
    string AdapterDirectory,
    string MetricsFile)
{
    /// <summary>The step whose policy was kept: the last, or the best evaluation's.</summary>
    public int KeptStep { get; init; }

    /// <summary>Every weight was trained: a checkpoint stands where an adapter would.</summary>
    public bool Full { get; init; }

    /// <summary>Of each reason in <see cref="Skipped"/>, as far as it is known, the first rows: by the beginning of their id and their line.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> FirstRows { get; init; } = ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;
}
