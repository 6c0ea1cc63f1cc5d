using System.IO.Compression;
using System.Text.Json;
using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Merging;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Tests.Models.Adapters;

/// <summary>An adapter that real PEFT saved, with what PEFT computes by it in fp64: peft-saved.zip, by make_peft.py.</summary>
public sealed class PeftOracleTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Expected _expected;

    public PeftOracleTests()
    {
        using Stream zip = typeof(PeftOracleTests).Assembly.GetManifestResourceStream("peft-saved.zip")!;
        ZipFile.ExtractToDirectory(zip, _folder.Path);
        _expected = JsonSerializer.Deserialize<Expected>(File.ReadAllText(_folder.File("expected.json")), JsonSerializerOptions.Web)!;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatPeftSaved_HasItsRanksAndScalings()
    {
        LoraConfig lora = AdapterDirectory.ReadConfig(_folder.File("adapter")).Config;

        Assert.Equal((true, 0.05), (lora.UseRsLora, lora.Dropout));
        Assert.Equal((7, 6 / Math.Sqrt(7)), (lora.RankOf(1, "q_proj"), lora.ScalingOf(1, "q_proj")));
        Assert.Equal((4, 1.5 / 2), (lora.RankOf(0, "down_proj"), lora.ScalingOf(0, "down_proj")));
        Assert.False(lora.Covers(0, "v_proj"));
    }

    [Fact]
    public void Score_BesideAndMerged_IsPefts()
    {
        var engine = new CpuPolicyEngine(1);
        TokenSequence[] sequences = [.. _expected.Sequences.Select(tokens => TokenSequence.PromptAnswer(tokens.AsSpan(0, 1), tokens.AsSpan(1)))];
        using IPolicyModel merged = engine.Load(_folder.File("base"), _folder.File("adapter"));
        using ITrainablePolicy beside = engine.LoadForAdapterTraining(
            _folder.File("base"), _folder.File("adapter"), AdapterDirectory.ReadConfig(_folder.File("adapter")).Config, seed: 1);

        foreach (IPolicyModel policy in new[] { merged, beside })
        {
            Assert.All(policy.Score(sequences).Zip(_expected.Scores), pair => Assert.All(pair.First.Zip(pair.Second), token => Assert.Equal(token.Second, token.First, 1e-5)));
        }
    }

    [Fact]
    public void Merge_Weights_AreThoseOfPeftsMerge()
    {
        new CheckpointMerge(new CpuPolicyEngine(1)).Run(new MergeRequest(_folder.File("base"), _folder.File("adapter"), _folder.File("merged")));

        using SafetensorsFile file = SafetensorsFile.Open(_folder.File(Path.Combine("merged", "model.safetensors")));
        Assert.Equal(14, _expected.Merged.Count);
        foreach ((string name, double[] some) in _expected.Merged)
        {
            var values = new float[file.Tensors[name].ElementCount];
            file.Read(name, values);
            Assert.All(some.Index(), at => Assert.Equal(at.Item, values[at.Index * 7919 % values.Length], 1e-6));
        }
    }

    private sealed record Expected(int[][] Sequences, double[][] Scores, Dictionary<string, double[]> Merged);
}
