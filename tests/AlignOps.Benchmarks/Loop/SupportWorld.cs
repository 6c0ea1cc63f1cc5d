using System.Text;
using AlignOps.Examples.SupportAssistant;
using AlignOps.Host.Demo;
using AlignOps.Models.Cpu;

namespace AlignOps.Benchmarks.Loop;

/// <summary>The shipped example as the proofs use it: its pipeline, its base (trained once and kept), and its batches with names and order shuffled.</summary>
internal static class SupportWorld
{
    public const string Pipeline = DemoStory.Pipeline;

    public static string Pipelines => Path.Combine(Checkout.Root, "pipelines");

    /// <summary>The base's checkpoint directory, trained on the first call of any proof in this checkout.</summary>
    public static Task<string> BaseAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Checkout.Root, "artifacts", "proofs");
        Directory.CreateDirectory(folder);
        return new BaseModel(new CpuPolicyEngine(), new BaseRecipe()).EnsureAsync(folder, (_, _, _) => { }, cancellationToken);
    }

    /// <summary>The same rows in another order: another content hash and so another batch id, which no decision may depend on.</summary>
    public static byte[] Shuffle(byte[] content, int seed)
    {
        var lines = Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        new Random(seed).Shuffle(lines);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }
}
