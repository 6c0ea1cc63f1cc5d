using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Checkpoints;

/// <summary>Hugging Face checkpoint directories of Llama and its kin: config.json and model.safetensors, in one file or shards.</summary>
public static class Checkpoint
{
    internal const string ConfigFile = "config.json";
    internal const string WeightsFile = "model.safetensors";

    /// <summary>What transformers writes to one file at most.</summary>
    public const long DefaultShardBytes = 5_000_000_000;

    /// <summary>Opens a directory; the weights stay in their files, mapped, until read.</summary>
    /// <exception cref="ModelFormatException">A file is missing, truncated, unsupported, or a tensor's shape does not fit the config.</exception>
    public static ICheckpoint Open(string directory) => new ShardedCheckpoint(directory);

    /// <summary>
    /// Writes config and weights; the same arguments give the same bytes. Weights left there by an earlier write are removed,
    /// the tokenizer's files are not touched.
    /// </summary>
    /// <param name="tensors">Exactly those of <see cref="LlamaLayout.Tensors"/>, in any order.</param>
    /// <param name="shardBytes">More than this and the weights are split by name into several files with an index.</param>
    /// <exception cref="ArgumentException">The tensors are not those that the config describes.</exception>
    public static void Write(
        string directory, PolicyConfig config, IReadOnlyList<NamedTensor> tensors, TensorDtype dtype = TensorDtype.F32, long shardBytes = DefaultShardBytes)
    {
        Begin(directory, config, tensors);
        PolicyConfigWriter.Write(Path.Combine(directory, ConfigFile), config, dtype);
        WriteTensors(directory, tensors, dtype, shardBytes);
    }

    /// <summary>
    /// The same with the config of another checkpoint, such as the base of what was merged or trained: every key as that has it, known here or not,
    /// but for the dtype of the weights.
    /// </summary>
    /// <param name="configJson">A whole config.json, as <see cref="ICheckpoint.ConfigJson"/> gives it.</param>
    /// <exception cref="ModelFormatException">The text is no config that can be run.</exception>
    public static void Write(
        string directory, string configJson, IReadOnlyList<NamedTensor> tensors, TensorDtype dtype = TensorDtype.F32, long shardBytes = DefaultShardBytes)
    {
        using JsonDocument config = JsonKeys.Parse(Encoding.UTF8.GetBytes(configJson), ConfigFile);
        Begin(directory, PolicyConfigReader.Read(new JsonKeys(ConfigFile, config.RootElement)), tensors);
        PolicyConfigWriter.Copy(Path.Combine(directory, ConfigFile), config.RootElement, dtype);
        WriteTensors(directory, tensors, dtype, shardBytes);
    }

    /// <summary>
    /// <c>sha256:</c> and the hash of the config's and the weights' bytes: the name an adapter remembers its base by, so that it is never laid on another.
    /// </summary>
    public static string Digest(string directory)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in WeightFiles(directory).Append(Path.Combine(directory, ConfigFile)).Order(StringComparer.Ordinal))
        {
            if (!File.Exists(path))
            {
                throw new ModelFormatException($"{path}: the file is missing.");
            }

            using FileStream stream = File.OpenRead(path);
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path) + "\0"));
            hash.AppendData(SHA256.HashData(stream));
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Begin(string directory, PolicyConfig config, IReadOnlyList<NamedTensor> tensors)
    {
        if (tensors.Select(t => t.Name).Distinct().Count() != tensors.Count)
        {
            throw new ArgumentException("A tensor is given twice.", nameof(tensors));
        }

        if (LlamaLayout.Fault(config, tensors.ToDictionary(t => t.Name, t => t.Shape)) is { } fault)
        {
            throw new ArgumentException($"Cannot write {directory}: {fault}", nameof(tensors));
        }

        Directory.CreateDirectory(directory);
        foreach (string stale in WeightFiles(directory))
        {
            File.Delete(stale);
        }
    }

    private static void WriteTensors(string directory, IReadOnlyList<NamedTensor> tensors, TensorDtype dtype, long shardBytes) =>
        ShardedWriter.Write(directory, [.. tensors.Select(t => new TensorContent(t.Name, t.Shape, dtype, () => t.Values))], shardBytes);

    private static IEnumerable<string> WeightFiles(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateFiles(directory, "model*.safetensors").Concat(
            Directory.EnumerateFiles(directory, ShardIndex.FileName))
        : throw new ModelFormatException($"{directory}: the checkpoint directory is missing.") { Reason = ModelFormatException.Missing };
}
