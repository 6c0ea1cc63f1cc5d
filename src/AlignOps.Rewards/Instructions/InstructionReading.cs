namespace AlignOps.Rewards.Instructions;

/// <summary>An item's instructions, or what is wrong with them.</summary>
public sealed record InstructionReading(IReadOnlyList<Instruction> Instructions, string? Fault);
