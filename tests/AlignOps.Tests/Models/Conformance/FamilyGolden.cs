using System.IO.Compression;
using System.Text.Json;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>What transformers found in double precision for one small policy, by make_families.py.</summary>
/// <param name="Config">config.json as transformers read it.</param>
/// <param name="Gradients">Of every weight; the order numbers the streams that the weights come from.</param>
/// <param name="Greedy">Up to 24 tokens after each sequence's prompt, an end token included.</param>
internal sealed record FamilyGolden(JsonElement Config, double[][] Scores, Dictionary<string, GoldenTensor> Gradients, int[][] Greedy)
{
    private const long ShardBytes = 30_000;

    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly (int Prompt, int Length)[] Lengths = [(150, 190), (20, 70), (3, 30)];
    private static readonly Lazy<Dictionary<string, FamilyGolden>> Families = new(ReadAll);

    public static TheoryData<string> All => [.. Families.Value.Keys];

    public static FamilyGolden Read(string name) => Families.Value[name];

    /// <summary>Directories that save_pretrained made, one a family.</summary>
    public static void ExtractSaved(string directory)
    {
        using Stream file = typeof(FamilyGolden).Assembly.GetManifestResourceStream("families-saved.zip")!;
        ZipFile.ExtractToDirectory(file, directory);
    }

    public IReadOnlyList<TokenSequence> Sequences(int vocabulary) => [.. Lengths.Select((lengths, i) =>
    {
        int[] tokens = [.. Enumerable.Range(0, lengths.Length).Select(t => (int)(GoldenNumbers.Bits(900 + i, t) % (uint)vocabulary))];
        return TokenSequence.PromptAnswer(tokens.AsSpan(0, lengths.Prompt), tokens.AsSpan(lengths.Prompt));
    })];

    public int[] Prompt(int vocabulary, int sequence) => Sequences(vocabulary)[sequence].Tokens[..Lengths[sequence].Prompt];

    /// <summary>∂L/∂log π for L = Σ wᵢ·log πᵢ / √n, the weights of both signs.</summary>
    public IReadOnlyList<float[]> LossGradients()
    {
        int i = 0, count = Scores.Sum(s => s.Length);
        return [.. Scores.Select(s => s.Select(_ => (float)(GoldenNumbers.Unit(950, i++) / Math.Sqrt(count))).ToArray())];
    }

    /// <summary>Writes the checkpoint in the config's own dtype, in shards.</summary>
    public void WriteCheckpoint(string directory)
    {
        Dictionary<string, int> streams = Gradients.Keys.Index().ToDictionary(name => name.Item, name => name.Index);
        string dtype = (Config.TryGetProperty("dtype", out JsonElement name) ? name : Config.GetProperty("torch_dtype")).GetString()!;
        Checkpoint.Write(
            directory, Config.GetRawText(), [.. Layout(directory).Select(tensor => Fill(tensor, streams[tensor.Name]))],
            dtype switch { "bfloat16" => TensorDtype.BF16, "float16" => TensorDtype.F16, _ => TensorDtype.F32 }, ShardBytes);
    }

    private IReadOnlyList<TensorShape> Layout(string directory)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, "config.json");
        File.WriteAllText(path, Config.GetRawText());
        return LlamaLayout.Tensors(PolicyConfigReader.Read(path));
    }

    private static NamedTensor Fill(TensorShape tensor, int stream)
    {
        (double scale, double centre) = tensor.Name.EndsWith(".bias", StringComparison.Ordinal) ? (0.3, 0)
            : tensor.Shape.Count == 1 ? (0.2, 1)
            : (1.7 / Math.Sqrt(tensor.Shape[1]), 0.0);
        int count = tensor.Shape.Aggregate(1, (a, b) => a * b);
        return new NamedTensor(tensor.Name, tensor.Shape, Enumerable.Range(0, count).Select(i => (float)(centre + (scale * GoldenNumbers.Unit(stream, i)))).ToArray());
    }

    private static Dictionary<string, FamilyGolden> ReadAll()
    {
        using Stream file = typeof(FamilyGolden).Assembly.GetManifestResourceStream("families-golden.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, FamilyGolden>>(file, Names)!;
    }
}
