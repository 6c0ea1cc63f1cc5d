namespace AlignOps.Models.Cpu.Passes;

/// <summary>Where a sequence's rows stand: those it shares with the first of its family, then its own; and how many of its tokens are scored.</summary>
internal readonly record struct SequenceRows(int PrefixFirst, int Prefix, int First, int Rows, int Scored)
{
    public int Length => Prefix + Rows;
}
