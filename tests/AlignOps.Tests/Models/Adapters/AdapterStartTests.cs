using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Adapters;

public sealed class AdapterStartTests : IDisposable
{
    private readonly TempFolder _base = new();
    private readonly TempFolder _adapter = new();

    public AdapterStartTests() => Checkpoint.Write(_base.Path, TinyModels.Config, TinyModels.Tensors(TinyModels.Config));

    public void Dispose()
    {
        _base.Dispose();
        _adapter.Dispose();
    }

    [Fact]
    public void Begin_RankAboveALayers_NamesTheLayer()
    {
        ModelFormatException fault = Refused(new LoraConfig(Rank: 2) { RankPattern = new Dictionary<string, int> { ["layers.1.self_attn.k_proj"] = 5 } });

        Assert.Equal(AdapterReasons.RankAboveLayer, fault.Reason);
        Assert.Contains("rank 5 is above that of model.layers.1.self_attn.k_proj, which is [4, 6]; at most 4", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v_proj")]
    [InlineData("layers.2.self_attn.q_proj")]
    [InlineData("q_prj")]
    public void Begin_PatternThatNamesNothing_IsRefused(string pattern)
    {
        LoraConfig lora = new(Rank: 2, TargetModules: ["q_proj"]);
        Assert.Equal(AdapterReasons.NamesNothing, Refused(lora with { RankPattern = new Dictionary<string, int> { [pattern] = 1 } }).Reason);
        Assert.Equal(AdapterReasons.NamesNothing, Refused(lora with { AlphaPattern = new Dictionary<string, double> { [pattern] = 1 } }).Reason);
    }

    [Fact]
    public void Begin_TargetInALayerThatIsNotThere_IsRefused() =>
        Assert.Equal(AdapterReasons.NamesNothing, Refused(new LoraConfig(Rank: 2, TargetModules: ["q_proj", "layers.2.mlp.up_proj"])).Reason);

    [Fact]
    public void Begin_SameLayersSaidOtherwise_ContinuesTheAdapter()
    {
        Save(new LoraConfig(Rank: 2, Alpha: 4, ["q_proj"]) { RankPattern = new Dictionary<string, int> { ["layers.1.self_attn.q_proj"] = 3 } });
        LoraConfig asked = new(Rank: 3, Alpha: 4, ["layers.0.self_attn.q_proj", "layers.1.self_attn.q_proj"])
        {
            RankPattern = new Dictionary<string, int> { [@"layers\.0\..*"] = 2 },
            Dropout = 0.5,
        };

        Adapter continued = Begin(asked);

        Assert.Equal(AdapterDirectory.Read(_adapter.Path, TinyModels.Config).Tensors.Select(t => t.Values.ToArray()), continued.Tensors.Select(t => t.Values.ToArray()));
        Assert.Equal(0.5, continued.Config.Dropout);
    }

    [Fact]
    public void Begin_AnotherRankOrScaling_IsRefused()
    {
        LoraConfig lora = new(Rank: 2, Alpha: 4, ["q_proj"]);
        Save(lora);

        LoraConfig[] others =
        [
            lora with { Rank = 3 }, lora with { Alpha = 5 }, lora with { TargetModules = ["v_proj"] }, lora with { UseRsLora = true },
            lora with { RankPattern = new Dictionary<string, int> { ["layers.1.self_attn.q_proj"] = 1 } },
            lora with { AlphaPattern = new Dictionary<string, double> { ["layers.1.self_attn.q_proj"] = 1 } },
        ];
        Assert.All(others, other => Assert.Equal(AdapterReasons.LoraMismatch, Assert.Throws<ModelFormatException>(() => Begin(other)).Reason));
        Assert.Contains("asks for rank 2, alpha 4 on q_proj, with a reward head.", Assert.Throws<ModelFormatException>(() => Begin(lora with { RewardHead = true })).Message, StringComparison.Ordinal);
        Assert.NotNull(Begin(lora with { Dropout = 0.1 }));
    }

    private Adapter Begin(LoraConfig lora) => AdapterStart.Begin(_base.Path, TinyModels.Config, _adapter.Path, lora, seed: 1);

    private ModelFormatException Refused(LoraConfig lora) =>
        Assert.Throws<ModelFormatException>(() => AdapterStart.Begin(_base.Path, TinyModels.Config, null, lora, seed: 1));

    private void Save(LoraConfig lora) =>
        AdapterDirectory.Write(_adapter.Path, lora, Checkpoint.Digest(_base.Path), TinyModels.Fill(AdapterLayout.Tensors(TinyModels.Config, lora), seed: 3));
}
