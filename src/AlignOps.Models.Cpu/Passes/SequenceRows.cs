namespace AlignOps.Models.Cpu.Passes;

/// <summary>Where a sequence's rows stand, and how many of its tokens are scored.</summary>
internal readonly record struct SequenceRows(int First, int Rows, int Scored);
