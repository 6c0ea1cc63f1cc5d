using System.Globalization;
using System.Text.Json;
using AlignOps.Examples.SupportAssistant;
using AlignOps.Host.ByHand;
using AlignOps.Models.Cpu;
using AlignOps.Models.Merging;
using AlignOps.Models.Policies;

namespace AlignOps.Benchmarks.Proofs.Files;

/// <summary>
/// <c>files</c>: bases of several families, adapters with ranks by pattern and their merges are one policy each. With <c>--output</c> they are left with what
/// AlignOps says of them, for <c>peers/compare_files.py</c> to hold against PEFT, transformers and llama.cpp.
/// </summary>
internal sealed class FilesProof : IProof
{
    private const int Prompts = 12;

    private static readonly CpuPolicyEngine Engine = new();

    public string Name => "files";

    public string Claim => "an adapter with ranks by pattern, beside its base and merged into it, is one policy: log-probabilities within the dtype's rounding, the same greedy text in fp32";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        string root = arguments.Output ?? Directory.CreateTempSubdirectory("alignops-files-").FullName;
        bool holds = true;
        try
        {
            foreach (FilesCase made in FilesCase.All)
            {
                string folder = Path.Combine(root, made.Name);
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }

                Directory.CreateDirectory(folder);
                holds &= await OneAsync(made, new FilesWorld(made, folder), folder, cancellationToken);
            }
        }
        finally
        {
            if (arguments.Output is null)
            {
                Directory.Delete(root, recursive: true);
            }
        }

        return holds;
    }

    private static async Task<bool> OneAsync(FilesCase made, FilesWorld world, string folder, CancellationToken cancellationToken)
    {
        await world.PretrainAsync(cancellationToken);
        await world.TrainAsync(cancellationToken);
        MergeReport report = new CheckpointMerge(Engine).Run(new MergeRequest(world.Base, world.Adapter, world.Merged));
        string[] lines = Rows();
        await File.WriteAllLinesAsync(Path.Combine(folder, "rows.jsonl"), lines, cancellationToken);
        await SayAsync(world.Base, null, lines, folder, "base", cancellationToken);
        string[] beside = await SayAsync(world.Base, world.Adapter, lines, folder, "adapter", cancellationToken);
        string[] inside = await SayAsync(world.Merged, null, lines, folder, "merged", cancellationToken);

        bool sameText = beside.SequenceEqual(inside);
        ParityReport parity = report.Parity;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{made.Name,-15} {parity.Dtype,-4} {report.Merged,2} layers merged; mean difference {parity.Mean:0.0e+00}, largest {parity.Largest:0.0e+00}, the adapter's own {parity.Effect:0.0e+00}; greedy text {(sameText ? "equal" : "differs")}"));
        return parity.Holds && (sameText || parity.Dtype != AlignOps.Models.Safetensors.TensorDtype.F32);
    }

    private static string[] Rows() => [.. Corpus.Dialogues(seed: 13, Prompts).Select(dialogue =>
        JsonSerializer.Serialize(new { messages = new[] { new { role = "user", content = dialogue.Prompt }, new { role = "assistant", content = dialogue.Answer } } }))];

    /// <returns>The greedy continuations' tokens, as text.</returns>
    private static async Task<string[]> SayAsync(string model, string? adapter, string[] lines, string folder, string name, CancellationToken cancellationToken)
    {
        RowEncoder encoder = LoadedPolicy.Encoder(model);
        TextRow[] rows = [.. RowReader.Read(lines).Select(read => read.Row!)];
        (TextRow, TokenSequence)[] scored = [.. rows.Select(row => (row, encoder.ForScoring(row).Sequence!))];
        await File.WriteAllLinesAsync(Path.Combine(folder, $"{name}.scores.jsonl"), ScoredRows.Lines(Engine, model, adapter, scored), cancellationToken);

        (TextRow, int[])[] prompts = [.. rows.Select(row => row with { Messages = [row.Messages![0]] }).Select(row => (row, encoder.ForGeneration(row).Prompt!))];
        var settings = new GenerationSettings(Temperature: 0, TopP: 1, TopK: 0, Seed: 0, MaxTokens: 24, Samples: 1);
        GeneratedLine[] said = [.. GeneratedRows.Lines(Engine, model, adapter, prompts, settings, cancellationToken)];
        await File.WriteAllLinesAsync(Path.Combine(folder, $"{name}.greedy.jsonl"), said.Select(line => line.ToJson()), cancellationToken);
        return [.. said.Select(line => string.Join(' ', line.Result.Tokens))];
    }
}
