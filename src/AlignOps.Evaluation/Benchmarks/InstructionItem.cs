using AlignOps.Rewards.Instructions;

namespace AlignOps.Evaluation.Benchmarks;

/// <summary>A request with instructions about the answer's form, as in IFEval (Zhou et al., 2023, arXiv 2311.07911).</summary>
/// <param name="Instructions">At least one.</param>
public sealed record InstructionItem(string Id, string Slice, string? Cluster, string Prompt, IReadOnlyList<Instruction> Instructions) : WrittenItem(Id, Slice, Cluster, Prompt);
