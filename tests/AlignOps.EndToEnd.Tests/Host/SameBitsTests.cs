using System.Security.Cryptography;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.EndToEnd.Tests.Host;

/// <summary>
/// The embedded engine in processes whose runtime is told to use fewer processors or narrower vectors than the machine has: what is trained and said is the same, bit for bit.
/// Sizes that fill no vector and no tile are meant.
/// </summary>
public sealed class SameBitsTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task TrainAndGenerate_AnyProcessorsAnyVectorWidth_GiveTheSameBits()
    {
        var model = WritePolicy();
        var file = _place.WriteFile("feedback.jsonl", string.Join('\n', Workplace.Rows(40, "door")));

        var expected = await DigestsAsync("plain", new Dictionary<string, string>());

        Assert.Equal(expected, await DigestsAsync("one", Setting("PROCESSOR_COUNT", "1")));
        Assert.Equal(expected, await DigestsAsync("three", Setting("PROCESSOR_COUNT", "3")));
        Assert.Equal(expected, await DigestsAsync("bits-256", new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0", ["DOTNET_EnableAVX512F"] = "0" }));
        Assert.Equal(expected, await DigestsAsync("bits-128", Setting("EnableAVX2", "0")));
        Assert.Equal(expected, await DigestsAsync("scalar", Setting("EnableHWIntrinsic", "0")));

        async Task<Dictionary<string, string>> DigestsAsync(string name, IReadOnlyDictionary<string, string> settings)
        {
            string adapter = _place.Below(name + "-adapter"), full = _place.Below(name + "-full");
            string[] training = ["train", file, "--model", model, "--learning-rate", "3e-3", "--epochs", "2"];
            var trained = AlignOpsProgram.RunAsync(settings, [.. training, "--output", adapter, "--method", "dpo", "--rank", "4", "--set", "lora.dropout=0.1"]);
            (await AlignOpsProgram.RunAsync(settings, [.. training, "--output", full, "--full", "--method", "rrhf"])).Succeeded();
            (await trained).Succeeded();
            var said = await AlignOpsProgram.RunAsync(settings, "generate", "--model", full, "--message", "Should I open door 7?", "--temperature", "1", "--n", "5", "--max-tokens", "24", "--json");
            said.Succeeded();
            return new Dictionary<string, string>
            {
                ["adapter"] = Digest(Path.Combine(adapter, "adapter_model.safetensors")),
                ["full"] = Digest(Path.Combine(full, "model.safetensors")),
                ["said"] = said.Output,
            };
        }
    }

    private static Dictionary<string, string> Setting(string name, string value) => new() { ["DOTNET_" + name] = value };

    private static string Digest(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private string WritePolicy()
    {
        var directory = _place.Below("model");
        var tokenizer = BpeTrainer.Train([.. Workplace.Rows(40, "door"), "yes", "no"], 333, ChatTemplate.Compact);
        using var policy = new CpuPolicyEngine(1).Create(
            new PolicyConfig
            {
                VocabSize = tokenizer.VocabularySize,
                HiddenSize = 72,
                IntermediateSize = 200,
                LayerCount = 2,
                HeadCount = 6,
                KeyValueHeadCount = 2,
                HeadDim = 20,
                MaxPositions = 96,
                EosTokenIds = [tokenizer.EndOfTurnToken],
                PadTokenId = tokenizer.PaddingToken,
            },
            seed: 1);
        policy.Save(directory);
        tokenizer.Save(directory);
        return directory;
    }
}
