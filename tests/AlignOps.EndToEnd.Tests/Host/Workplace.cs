using System.Text;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.EndToEnd.Tests.Host;

/// <summary>A folder with what a user brings: pipelines (one whole, one with a typo), a tiny policy, files of feedback.</summary>
public sealed class Workplace : IDisposable
{
    public const string Pipeline = "yes-or-no";
    public const string Broken = "typo";

    private const string Definition = """
        pipeline: {0}
        description: Says yes.
        mix: {{ held_out_share: 0.1, replay_share: 0.25, synthetic_share: 0.25 }}
        synthesis: {{ method: none }}
        training:
          method: rrhf
          {1}: 1
          lora: {{ rank: 4, alpha: 8 }}
        evaluation:
          verifier: exact-match
          temperature: 1.0
          max_new_tokens: 4
          suites:
            - {{ name: manners, file: suites/manners.jsonl, role: preference }}
        gate: {{ alpha: 0.05, min_items: 10 }}

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-e2e-").FullName;

    public Workplace()
    {
        WritePipeline(Pipeline, "epochs");
        WritePipeline(Broken, "epocs");
    }

    public string Pipelines => Path.Combine(_folder, "pipelines");

    public string Below(string name) => Path.Combine(_folder, name);

    public string WriteFile(string name, string content) => WriteFile(name, Encoding.UTF8.GetBytes(content));

    public string WriteFile(string name, byte[] content)
    {
        var path = Below(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Preferences that are sound, each its own.</summary>
    public static IEnumerable<string> Rows(int count, string marker) => Enumerable.Range(1, count)
        .Select(number => $$"""{"prompt":"Should I open {{marker}} {{number}}?","chosen":"yes","rejected":"no"}""");

    /// <summary>A policy of random weights: what it says does not matter here.</summary>
    public string WritePolicy(string name)
    {
        var directory = Below(name);
        var tokenizer = BpeTrainer.Train([.. Rows(40, "door"), "yes", "no"], 320, ChatTemplate.Compact);
        using var policy = new CpuPolicyEngine(1).Create(
            new PolicyConfig
            {
                VocabSize = tokenizer.VocabularySize,
                HiddenSize = 32,
                IntermediateSize = 64,
                LayerCount = 1,
                HeadCount = 2,
                KeyValueHeadCount = 2,
                HeadDim = 16,
                MaxPositions = 64,
                TieWordEmbeddings = true,
                EosTokenIds = [tokenizer.EndOfTurnToken],
                PadTokenId = tokenizer.PaddingToken,
            },
            seed: 1);
        policy.Save(directory);
        tokenizer.Save(directory);
        return directory;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WritePipeline(string name, string epochsKey)
    {
        var suites = Path.Combine(Pipelines, name, "suites");
        Directory.CreateDirectory(suites);
        File.WriteAllText(Path.Combine(Pipelines, name, "pipeline.yaml"), string.Format(System.Globalization.CultureInfo.InvariantCulture, Definition, name, epochsKey));
        File.WriteAllLines(Path.Combine(suites, "manners.jsonl"), Enumerable.Range(1, 12).Select(number =>
            $$$"""{"id":"m-{{{number}}}","slice":"all","cluster":"m-{{{number}}}","prompt":[{"role":"user","content":"Should I write {{{number}}}?"}],"expect":{"text":"yes"}}"""));
    }
}
