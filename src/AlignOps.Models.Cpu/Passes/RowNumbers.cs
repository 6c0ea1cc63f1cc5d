using System.Runtime.InteropServices;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>A part of a batch's list of numbers, for a sum that reads it later, before the batch is filled again.</summary>
internal readonly record struct RowNumbers(List<int> List, int First, int Count)
{
    public ReadOnlySpan<int> Span => CollectionsMarshal.AsSpan(List).Slice(First, Count);
}
