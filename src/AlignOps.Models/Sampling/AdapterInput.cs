namespace AlignOps.Models.Sampling;

/// <summary>The inputs of a block's linear layers: those of attention's projections, its output, the gated pair and what comes down.</summary>
public enum AdapterInput
{
    Attention,
    Output,
    GateUp,
    Down,
}
