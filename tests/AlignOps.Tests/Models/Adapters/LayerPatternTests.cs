using System.Text.Json.Nodes;
using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Adapters;

public sealed class LayerPatternTests : IDisposable
{
    private static readonly PolicyConfig Policy = TinyModels.Config with { HiddenSize = 16, IntermediateSize = 24, LayerCount = 12, HeadCount = 2, KeyValueHeadCount = 2, HeadDim = 8 };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>layer-patterns.json holds what real PEFT made of each configuration, by make_layer_patterns.py.</summary>
    [Fact]
    public void RanksAndScalings_OfEveryLayer_AreThoseOfPeft()
    {
        using Stream file = typeof(LayerPatternTests).Assembly.GetManifestResourceStream("layer-patterns.json")!;
        foreach (JsonNode? peft in JsonNode.Parse(file)!.AsArray())
        {
            JsonObject config = peft!["config"]!.DeepClone().AsObject();
            config["peft_type"] = "LORA";
            File.WriteAllText(_folder.File("adapter_config.json"), config.ToJsonString());
            LoraConfig lora = AdapterDirectory.ReadConfig(_folder.Path).Config;

            Dictionary<string, (int, double)> expected = peft["layers"]!.AsObject().ToDictionary(
                layer => layer.Key, layer => (layer.Value![0]!.GetValue<int>(), layer.Value[1]!.GetValue<double>()));
            Dictionary<string, (int, double)> found = AdapterLayout.Covered(Policy, lora).ToDictionary(
                at => AdapterLayout.A(at.Layer, at.Module)["base_model.model.".Length..^".lora_A.weight".Length],
                at => (lora.RankOf(at.Layer, at.Module), lora.ScalingOf(at.Layer, at.Module)));

            Assert.Equal(expected.OrderBy(l => l.Key, StringComparer.Ordinal), found.OrderBy(l => l.Key, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Faults_OfAnEndlessPattern_EndInASentence()
    {
        var lora = new LoraConfig { RankPattern = new Dictionary<string, int> { ["(.*.*.*.*.*.*.*.*)*x"] = 2 } };

        LoraFault fault = Assert.Single(LoraFaults.Of(lora));
        Assert.Equal("rank_pattern", fault.Key);
        Assert.Contains("too long", fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_AreToldAllAtOnce()
    {
        var lora = new LoraConfig(0, double.NaN, ["q_proj", "lm_head"])
        {
            Dropout = 1,
            RankPattern = new Dictionary<string, int> { ["["] = 1 },
            AlphaPattern = new Dictionary<string, double> { ["q_proj"] = 0 },
        };

        Assert.Equal(["rank", "alpha", "dropout", "targets", "rank_pattern", "alpha_pattern"], LoraFaults.Of(lora).Select(fault => fault.Key));
        Assert.Contains(LoraFaults.Of(lora), fault => fault.Sentence.Contains("'lm_head'", StringComparison.Ordinal));
    }
}
