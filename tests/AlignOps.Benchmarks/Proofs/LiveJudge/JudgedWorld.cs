using System.Globalization;
using System.Text;
using System.Text.Json;
using AlignOps.Benchmarks.Loop;

namespace AlignOps.Benchmarks.Proofs.LiveJudge;

/// <summary>The smallest world, once for every judge: the same pipeline under other names, whose preference suite is decided by that judge.</summary>
internal static class JudgedWorld
{
    private static readonly string[] Agreeing = ["yes", "yes, do", "yes, and gladly so, whenever it suits you and everybody else", "yes, by all means, there is nothing at all that speaks against it"];
    private static readonly string[] Declining = ["no", "no, wait", "no, and certainly not before everybody else has been asked about it", "no, by no means, there is a great deal that speaks against it today"];

    /// <summary>Writes a pipeline's folder for each judge.</summary>
    /// <param name="tokens">What an examination may spend.</param>
    public static void Write(string folder, string url, IEnumerable<(string Pipeline, string Model, long? Tokens)> judges)
    {
        TinyWorld.WritePipeline(folder);
        var template = Path.Combine(folder, TinyWorld.Pipeline);
        foreach (var (pipeline, model, tokens) in judges)
        {
            var copy = Path.Combine(folder, pipeline);
            Directory.CreateDirectory(Path.Combine(copy, "suites"));
            foreach (var suite in Directory.GetFiles(Path.Combine(template, "suites"))) File.Copy(suite, Path.Combine(copy, "suites", Path.GetFileName(suite)));
            Directory.CreateDirectory(Path.Combine(copy, "labels"));
            File.WriteAllBytes(Path.Combine(copy, "labels", "pairs.jsonl"), Labels());
            var text = File.ReadAllText(Path.Combine(template, "pipeline.yaml")).Replace($"pipeline: {TinyWorld.Pipeline}", $"pipeline: {pipeline}", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(copy, "pipeline.yaml"), text.Replace("gate:", $$"""
              judges:
                - name: house
                  url: {{url}}
                  model: {{model}}
                  max_tokens: 64
                  concurrency: 8
                  suites: [manners]
                  decides: true
                  budget: { tokens: 5000000 }
                  qualification:
                    labels: labels/pairs.jsonl
                    budget: { tokens: {{(tokens ?? 5_000_000).ToString(CultureInfo.InvariantCulture)}} }
            gate:
            """, StringComparison.Ordinal));
        }

        Directory.Delete(template, recursive: true);
    }

    /// <summary>120 pairs: what agrees is better, three people say so and err in one label of twenty, length tells nothing, and one pair in six is a tie.</summary>
    private static byte[] Labels()
    {
        var random = new Random(7);
        var lines = Enumerable.Range(0, 120).Select(i =>
        {
            var tie = i % 6 == 0;
            var (good, bad) = (Agreeing[random.Next(4)] + $", case {i}", (tie ? Agreeing : Declining)[random.Next(4)] + $", in case {i}");
            var goodFirst = random.Next(2) == 0;
            string Say() => random.NextDouble() < 0.05 ? "tie" : tie ? "tie" : goodFirst ? "first" : "second";
            return JsonSerializer.Serialize(new { id = $"l{i}", prompt = $"May I do what case {i} asks for?", first = goodFirst ? good : bad, second = goodFirst ? bad : good, people = new[] { Say(), Say(), Say() } });
        });
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }
}
