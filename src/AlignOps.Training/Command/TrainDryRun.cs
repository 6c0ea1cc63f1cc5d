using AlignOps.Data.Batches;
using AlignOps.Data.Checks;

namespace AlignOps.Training.Command;

/// <summary>What <c>alignops train --dry-run</c> found out without a step.</summary>
/// <param name="Rows">Rows of the file by verdict.</param>
/// <param name="Faults">Every row that was not accepted, in the file's order.</param>
/// <param name="Examples">Rows that would be trained on.</param>
/// <param name="HeldOut">Rows that would be measured on.</param>
/// <param name="Skipped">Accepted rows that would be neither, by reason code.</param>
/// <param name="FirstRows">Of each reason in <paramref name="Skipped"/>, as far as it is known, the first rows by id and line.</param>
/// <param name="Steps">Optimizer steps over all epochs.</param>
/// <param name="EpochTokens">Tokens of one epoch, prompts included.</param>
/// <param name="TrainedTokens">Those of them that the loss hangs on.</param>
/// <param name="LongestExample">Tokens of the longest prompt with one of its answers.</param>
/// <param name="MemoryBytes">The most that the engine is going to hold at a time.</param>
/// <param name="Memory">The same in words, with its parts.</param>
/// <param name="AvailableBytes">What there is for it now; null where that cannot be told.</param>
/// <param name="Shown">The first step's first example, as the policy will see it.</param>
public sealed record TrainDryRun(
    IReadOnlyDictionary<RowVerdict, int> Rows,
    IReadOnlyList<RowOutcome> Faults,
    int Examples,
    int HeldOut,
    IReadOnlyDictionary<string, int> Skipped,
    IReadOnlyDictionary<string, IReadOnlyList<string>> FirstRows,
    int Steps,
    long EpochTokens,
    long TrainedTokens,
    int LongestExample,
    long MemoryBytes,
    string Memory,
    long? AvailableBytes,
    IReadOnlyList<RenderedSequence> Shown);
