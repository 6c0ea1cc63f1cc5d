using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Benchmarks.Proofs.Real;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary>What every method starts from: the same pairs, and one small base of general dialogues that has seen none of them.</summary>
internal sealed class MethodWorld : IDisposable
{
    public const string PairsFile = "hh-rlhf-harmless-base-test.jsonl.gz";

    private readonly IPolicyModel _base;

    private MethodWorld(string baseFolder, RealRecipe recipe, IReadOnlyList<PreferencePair> pairs, PairEncoder encoder)
    {
        (Base, Recipe, Pairs, Encoder) = (baseFolder, recipe, pairs, encoder);
        _base = new CpuPolicyEngine().Load(baseFolder, null);
        Reference = new RememberedScores(_base);
        BaseDigest = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(baseFolder, "model.safetensors"))));
    }

    /// <summary>Smaller than that of loop.real, and one pass over the pairs, so that a hundred trainings end within the hour on two cores.</summary>
    public static RealRecipe Small { get; } = new() { HiddenSize = 96, IntermediateSize = 256, LayerCount = 2, PromptTokens = 48, AnswerTokens = 128, Epochs = 1 };

    public string Base { get; }

    public string BaseDigest { get; }

    public RealRecipe Recipe { get; }

    public IReadOnlyList<PreferencePair> Pairs { get; }

    public PairEncoder Encoder { get; }

    public RememberedScores Reference { get; }

    /// <summary>Opens what an earlier call left in the cache, or trains the base anew.</summary>
    public static async Task<MethodWorld> OpenAsync(string data, string cache, CancellationToken cancellationToken)
    {
        var dialogues = GeneralDialogues.Read(data);
        var described = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { Small, Dialogues = dialogues.Select(d => d.Instruction + "\n" + d.Answer) }));
        var folder = Path.Combine(cache, "base-" + Convert.ToHexStringLower(SHA256.HashData(described))[..16]);
        var whole = Path.Combine(folder, "whole");
        if (!File.Exists(whole))
        {
            Console.WriteLine($"training the base on {dialogues.Count} general dialogues");
            await RealPolicy.TrainBaseAsync(new CpuPolicyEngine(), Small, dialogues, folder, cancellationToken);
            await File.WriteAllTextAsync(whole, "", cancellationToken);
        }

        var baseFolder = Path.Combine(folder, "base");
        var tokenizer = (BpeTokenizer)Tokenizer.Load(baseFolder);
        return new MethodWorld(baseFolder, Small, await PairFile.ReadAsync(Path.Combine(data, PairsFile), cancellationToken), new PairEncoder(tokenizer, Small));
    }

    public void Dispose() => _base.Dispose();
}
