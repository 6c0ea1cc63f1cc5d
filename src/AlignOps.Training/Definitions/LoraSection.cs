using AlignOps.Models.Adapters;

namespace AlignOps.Training.Definitions;

/// <summary><c>training.lora</c>, by PEFT's names.</summary>
public sealed record LoraSection
{
    /// <summary>Rank of the update.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>The update is scaled by alpha / rank.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Linear layers by their short names, or by longer ends of their paths such as layers.3.self_attn.q_proj; silent: all seven of a Llama block.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>Chance that an input of the update is dropped while training.</summary>
    public double Dropout { get; init; }

    /// <summary>Scales by alpha / √rank instead (rsLoRA), so that high ranks learn as fast as low ones.</summary>
    public bool Rslora { get; init; }

    /// <summary>Ranks that differ, by regular expression over the end of a layer's path; the first that matches counts.</summary>
    public IReadOnlyDictionary<string, int>? RankPattern { get; init; }

    /// <summary>Alphas that differ, matched in the same way.</summary>
    public IReadOnlyDictionary<string, double>? AlphaPattern { get; init; }

    public LoraConfig ToConfig()
    {
        var lora = new LoraConfig(Rank, Alpha, Targets) { Dropout = Dropout, UseRsLora = Rslora };
        return lora with { RankPattern = RankPattern ?? lora.RankPattern, AlphaPattern = AlphaPattern ?? lora.AlphaPattern };
    }
}
