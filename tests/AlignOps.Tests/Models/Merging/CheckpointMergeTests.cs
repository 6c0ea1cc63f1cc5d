using System.Text.Json.Nodes;
using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu;
using AlignOps.Models.Manifests;
using AlignOps.Models.Merging;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Models.Merging;

public sealed class CheckpointMergeTests
{
    [Theory]
    [InlineData(TensorDtype.F32, 1e-6)]
    [InlineData(TensorDtype.BF16, 1d / 256)]
    [InlineData(TensorDtype.F16, 1d / 2048)]
    public void Run_EveryLayer_IsBasePlusScaledProduct(TensorDtype dtype, double relative)
    {
        using var world = new MergeWorld(dtype);
        MergeReport report = MergeWorld.Merge.Run(world.Request);

        Adapter adapter = AdapterDirectory.Read(world.Adapter, world.Config);
        Dictionary<string, NamedTensor> pairs = adapter.Tensors.ToDictionary(t => t.Name);
        Assert.Equal(14, report.Merged);
        foreach (TensorShape tensor in LlamaLayout.Tensors(world.Config))
        {
            int count = tensor.Shape.Aggregate(1, (product, size) => product * size);
            double[] expected = [.. MergeWorld.Read(world.Base, tensor.Name, count).Select(v => (double)v)];
            if (AdapterLayout.Covered(world.Config, adapter.Config).FirstOrDefault(at => LlamaLayout.Linear(at.Layer, at.Module) == tensor.Name) is (var layer, { } module))
            {
                NamedTensor a = pairs[AdapterLayout.A(layer, module)], b = pairs[AdapterLayout.B(layer, module)];
                (int rank, int inputs) = (a.Shape[0], a.Shape[1]);
                for (int i = 0; i < count; i++)
                {
                    expected[i] += adapter.Config.ScalingOf(layer, module) * Enumerable.Range(0, rank).Sum(r =>
                        (double)b.Values.Span[((i / inputs) * rank) + r] * a.Values.Span[(r * inputs) + (i % inputs)]);
                }
            }

            Assert.All(MergeWorld.Read(world.Output, tensor.Name, count).Zip(expected), pair =>
                Assert.InRange(pair.First - pair.Second, -(relative * Math.Abs(pair.Second)) - 1e-6, (relative * Math.Abs(pair.Second)) + 1e-6));
        }

        Assert.Equal(dtype, report.Parity.Dtype);
        Assert.True(report.Parity.Holds);
        Assert.True(report.Parity.Effect > 10 * report.Parity.Mean, $"{report.Parity}");
    }

    [Fact]
    public void Run_WhatTheBaseHadBeside_StandsInTheOutputByteForByte()
    {
        using var world = new MergeWorld(TensorDtype.BF16);
        (string, string)[] beside =
        [
            ("generation_config.json", "{\"temperature\":0.6}"), ("chat_template.jinja", ChatTemplate.Compact.Jinja), ("LICENSE", "as is"), ("special_tokens_map.json", "{}"),
            (Path.Combine("additional_chat_templates", "tool_use.jinja"), "{{ messages }}"),
        ];
        Directory.CreateDirectory(Path.Combine(world.Base, "additional_chat_templates"));
        foreach ((string name, string text) in beside)
        {
            File.WriteAllText(Path.Combine(world.Base, name), text);
        }

        File.WriteAllText(Path.Combine(world.Base, "README.md"), "The base.");
        File.WriteAllText(Path.Combine(world.Base, "metrics.jsonl"), "{}");
        File.WriteAllText(Path.Combine(world.Base, "pytorch_model.bin"), "old weights");
        MergeReport report = MergeWorld.Merge.Run(world.Request);

        string[] expected = [.. beside.Select(b => b.Item1), "config.json", "tokenizer.json", "tokenizer_config.json"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), report.Copied.Order(StringComparer.Ordinal));
        Assert.All(expected, name => Assert.Equal(File.ReadAllBytes(Path.Combine(world.Base, name)), File.ReadAllBytes(Path.Combine(world.Output, name))));
        Assert.Equal(
            expected.Append("model.safetensors").Append("alignops.json").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(world.Output, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(world.Output, f)).Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(world.Output + ".partial"));
    }

    [Fact]
    public void Run_AnotherDtype_IsSaidInTheConfigAndNothingElseChanges()
    {
        using var world = new MergeWorld();
        MergeWorld.Merge.Run(world.Request with { Dtype = TensorDtype.BF16 });

        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(world.Output, "model.safetensors"));
        Assert.All(file.Tensors.Values, tensor => Assert.Equal(TensorDtype.BF16, tensor.Dtype));
        JsonObject config = JsonNode.Parse(File.ReadAllText(Path.Combine(world.Base, "config.json")))!.AsObject();
        config["torch_dtype"] = "bfloat16";
        Assert.Equal(config.ToJsonString(), JsonNode.Parse(File.ReadAllText(Path.Combine(world.Output, "config.json")))!.ToJsonString());
    }

    [Fact]
    public void Run_OverAnEarlierMergeOfMoreShards_LeavesNoneOfThem()
    {
        using var world = new MergeWorld();
        Assert.True(MergeWorld.Merge.Run(world.Request with { ShardBytes = 8_000 }).WeightFiles.Count > 3);
        File.WriteAllText(Path.Combine(world.Output, "notes.txt"), "kept");
        float[] sharded = MergeWorld.Read(world.Output, "model.layers.1.mlp.up_proj.weight", 40 * 24);

        MergeReport whole = MergeWorld.Merge.Run(world.Request with { Overwrites = true });

        Assert.Equal(["model.safetensors"], whole.WeightFiles);
        Assert.Equal(["model.safetensors"], Directory.EnumerateFiles(world.Output, "model*").Select(Path.GetFileName));
        Assert.Equal(sharded, MergeWorld.Read(world.Output, "model.layers.1.mlp.up_proj.weight", 40 * 24));
        Assert.True(File.Exists(Path.Combine(world.Output, "notes.txt")));
    }

    [Fact]
    public void Run_Manifest_NamesBaseAndAdapterByContent()
    {
        using var world = new MergeWorld();
        MergeWorld.Merge.Run(world.Request);

        ModelManifest manifest = ManifestFile.Read(world.Output)!;
        Assert.Equal((ModelManifest.Merged, Checkpoint.Digest(world.Base)), (manifest.Kind, manifest.Base));
        Assert.Equal((AdapterDirectory.WeightsDigest(world.Adapter), Checkpoint.Digest(world.Output)), (manifest.MergedAdapter, manifest.Weights));
    }

    [Fact]
    public void Run_AdapterOfAnotherBase_IsRefusedByItsDigest()
    {
        using var world = new MergeWorld();
        world.WriteAdapter(MergeWorld.Lora, "sha256:00");

        AssertRefused(world, AdapterReasons.OtherBase);
    }

    [Fact]
    public void Run_AdapterWithoutADigest_IsRefusedByItsShapes()
    {
        using var world = new MergeWorld();
        string other = Path.Combine(world.Output + "-other");
        PolicyConfig wider = world.Config with { IntermediateSize = 48 };
        Checkpoint.Write(other, wider, TinyModels.Tensors(wider));
        world.WriteAdapter(MergeWorld.Lora, "team/base");
        try
        {
            ModelFormatException fault = Assert.Throws<ModelFormatException>(() => MergeWorld.Merge.Run(world.Request with { Base = other }));
            Assert.Equal(AdapterReasons.Shape, fault.Reason);
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Run_WeightsThatAreNotFinite_AreRefusedByName(float value)
    {
        using var world = new MergeWorld();
        world.WriteAdapter(MergeWorld.Lora, value: (tensor, i) => i == 3 && tensor.Name.Contains("layers.1.mlp.gate_proj.lora_B", StringComparison.Ordinal) ? value : 0.01f);

        Assert.Contains("model.layers.1.mlp.gate_proj.weight", AssertRefused(world, MergeReasons.NotFinite).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhatTheDtypeCannotHold_IsRefused()
    {
        using var world = new MergeWorld();
        world.WriteAdapter(MergeWorld.Lora, value: (_, _) => 300);

        Assert.Equal(MergeReasons.NotFinite, Assert.Throws<ModelFormatException>(() => MergeWorld.Merge.Run(world.Request with { Dtype = TensorDtype.F16 })).Reason);
    }

    /// <summary>The check can fail: an engine that sees another adapter than the merge does.</summary>
    [Theory]
    [InlineData(TensorDtype.F32)]
    [InlineData(TensorDtype.BF16)]
    public void Run_MergeThatAnswersOtherwise_LeavesNothing(TensorDtype dtype)
    {
        using var world = new MergeWorld(dtype);
        ModelFormatException fault = Assert.Throws<ModelFormatException>(() => new CheckpointMerge(ForgetfulEngine.Over(new CpuPolicyEngine(1))).Run(world.Request));

        Assert.Equal(MergeReasons.Parity, fault.Reason);
        Assert.False(Directory.Exists(world.Output));
        Assert.False(Directory.Exists(world.Output + ".partial"));
    }

    [Fact]
    public void Run_OntoItsOwnInputOrAFullFolder_IsRefused()
    {
        using var world = new MergeWorld();
        Assert.Equal(MergeReasons.OutputIsInput, Refused(world.Request with { Output = world.Base + Path.DirectorySeparatorChar }));
        Assert.Equal(MergeReasons.OutputIsInput, Refused(world.Request with { Output = world.Adapter, Overwrites = true }));
        Directory.CreateDirectory(world.Output);
        File.WriteAllText(Path.Combine(world.Output, "thesis.txt"), "");
        Assert.Equal(MergeReasons.OutputNotEmpty, Refused(world.Request));

        static string Refused(MergeRequest request) => Assert.Throws<ModelFormatException>(() => MergeWorld.Merge.Run(request)).Reason;
    }

    private static ModelFormatException AssertRefused(MergeWorld world, string reason)
    {
        ModelFormatException fault = Assert.Throws<ModelFormatException>(() => MergeWorld.Merge.Run(world.Request));
        Assert.Equal(reason, fault.Reason);
        Assert.False(Directory.Exists(world.Output));
        return fault;
    }
}
