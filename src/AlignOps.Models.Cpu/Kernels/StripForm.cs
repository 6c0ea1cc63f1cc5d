namespace AlignOps.Models.Cpu.Kernels;

/// <summary>How the numbers of a <see cref="PackedMatrix"/> are kept; products compute in fp32 whichever it is.</summary>
internal enum StripForm
{
    Single,

    /// <summary>bf16: lane i of 8 holds column i in its low half and column i + 8 in its high half, so that a shift and a mask make fp32 of them.</summary>
    Half,

    /// <summary>A signed byte times its column's scale (weight-only int8, symmetric).</summary>
    Byte,
}
