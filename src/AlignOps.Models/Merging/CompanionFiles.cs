using System.Text.Json;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Json;
using AlignOps.Models.Manifests;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Merging;

/// <summary>What makes a folder of weights a model: its configuration, tokenizer, templates and licence, taken over from the base byte for byte.</summary>
internal static class CompanionFiles
{
    private static readonly string[] WeightEndings = [".safetensors", ".bin", ".pt", ".pth", ".gguf", ".ckpt", ".h5", ".msgpack", ".onnx", ".index.json", ".partial"];

    /// <summary>A model card and a training's metrics tell of the base, not of what it becomes; the manifest is written anew.</summary>
    private static readonly string[] OfTheBaseAlone = ["README.md", "metrics.jsonl", ManifestFile.Name];

    /// <summary>Folders that transformers reads beside a tokenizer.</summary>
    private static readonly string[] Folders = ["additional_chat_templates"];

    /// <param name="dtype">Where the weights change theirs, the configuration says so; nothing else of it changes.</param>
    /// <returns>Paths within the directory, in order.</returns>
    public static IReadOnlyList<string> Copy(string source, string target, TensorDtype? dtype)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(source).Where(IsCompanion).Order(StringComparer.Ordinal),
            .. Folders.Select(folder => Path.Combine(source, folder)).Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Order(StringComparer.Ordinal),
        ];
        foreach (string file in files)
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
        }

        if (dtype is { } written)
        {
            string config = Path.Combine(target, Checkpoint.ConfigFile);
            using JsonDocument stated = JsonKeys.ParseFile(config);
            PolicyConfigWriter.Copy(config, stated.RootElement, written);
        }

        return [.. files.Select(file => Path.GetRelativePath(source, file))];
    }

    /// <summary>Weights of an earlier write: left there, a reader that lists the folder would find two models in it.</summary>
    public static void RemoveWeights(string directory)
    {
        foreach (string file in Directory.EnumerateFiles(directory).Where(file => IsWeights(Path.GetFileName(file))))
        {
            File.Delete(file);
        }
    }

    private static bool IsCompanion(string path)
    {
        string name = Path.GetFileName(path);
        return !IsWeights(name) && !name.StartsWith('.') && !OfTheBaseAlone.Contains(name);
    }

    private static bool IsWeights(string name) => WeightEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
