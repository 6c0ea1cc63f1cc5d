namespace AlignOps.Models.Adapters;

/// <summary>LoRA by PEFT's names and mathematics: y = Wx + (alpha / rank)·B(Ax).</summary>
/// <param name="TargetModules">Linear layers by their short names; the default is all seven of a Llama block.</param>
public sealed record LoraConfig(int Rank = 8, double Alpha = 16, IReadOnlyList<string>? TargetModules = null)
{
    public static readonly IReadOnlyList<string> AllLinear =
        ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    public IReadOnlyList<string> Targets => TargetModules ?? AllLinear;

    public double Scaling => Alpha / Rank;
}
