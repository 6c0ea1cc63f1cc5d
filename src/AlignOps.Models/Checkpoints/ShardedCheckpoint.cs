using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Checkpoints;

/// <summary>A checkpoint directory whose tensors are mapped from one file or several.</summary>
internal sealed class ShardedCheckpoint : ICheckpoint
{
    private readonly Dictionary<string, SafetensorsFile> _shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsFile> _holders = new(StringComparer.Ordinal);
    private readonly string[] _names;

    public ShardedCheckpoint(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new ModelFormatException($"{directory}: the checkpoint directory is missing.") { Reason = ModelFormatException.Missing };
        }

        Config = PolicyConfigReader.Read(Path.Combine(directory, Checkpoint.ConfigFile));
        ConfigJson = File.ReadAllText(Path.Combine(directory, Checkpoint.ConfigFile));
        try
        {
            MapTensors(directory);
            if (LlamaLayout.Fault(Config, _holders.ToDictionary(h => h.Key, h => h.Value.Tensors[h.Key].Shape)) is { } fault)
            {
                throw new ModelFormatException($"{directory}: {fault}");
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        _names = [.. LlamaLayout.Tensors(Config).Select(t => t.Name)];
    }

    public PolicyConfig Config { get; }

    public string ConfigJson { get; }

    public IReadOnlyCollection<string> TensorNames => _names;

    public IReadOnlyList<int> Shape(string tensor) => Holder(tensor).Tensors[tensor].Shape;

    public void Read(string tensor, Span<float> destination) => Holder(tensor).Read(tensor, destination);

    public void Dispose()
    {
        foreach (SafetensorsFile shard in _shards.Values)
        {
            shard.Dispose();
        }
    }

    private SafetensorsFile Holder(string tensor) => _holders.TryGetValue(tensor, out SafetensorsFile? holder)
        ? holder
        : throw new ArgumentException($"The checkpoint has no tensor {tensor}.", nameof(tensor));

    private void MapTensors(string directory)
    {
        // As transformers does: the single file first, then the index.
        string single = Path.Combine(directory, Checkpoint.WeightsFile);
        if (!File.Exists(single) && !File.Exists(Path.Combine(directory, ShardIndex.FileName))
            && Directory.EnumerateFiles(directory, "pytorch_model*.bin").Select(Path.GetFileName).Order(StringComparer.Ordinal).FirstOrDefault() is { } pickled)
        {
            throw new ModelFormatException(
                $"{single}: the file is missing, and {pickled} is a pickle, which could run anything when read. Save the policy as safetensors (save_pretrained does).");
        }

        if (File.Exists(single) || !File.Exists(Path.Combine(directory, ShardIndex.FileName)))
        {
            SafetensorsFile file = _shards[Checkpoint.WeightsFile] = SafetensorsFile.Open(single);
            foreach (string name in file.Tensors.Keys)
            {
                _holders[name] = file;
            }

            return;
        }

        IReadOnlyDictionary<string, string> index = ShardIndex.Read(directory);
        foreach ((string name, string fileName) in index)
        {
            if (!_shards.TryGetValue(fileName, out SafetensorsFile? shard))
            {
                shard = _shards[fileName] = SafetensorsFile.Open(Path.Combine(directory, fileName));
            }

            if (!shard.Tensors.ContainsKey(name))
            {
                throw new ModelFormatException($"{Path.Combine(directory, fileName)}: tensor {name} is missing, though {ShardIndex.FileName} places it there.");
            }

            _holders[name] = shard;
        }

        CheckNothingUnlisted(directory, index);
    }

    private void CheckNothingUnlisted(string directory, IReadOnlyDictionary<string, string> index)
    {
        foreach ((string fileName, SafetensorsFile shard) in _shards)
        {
            foreach (string name in shard.Tensors.Keys)
            {
                if (!index.TryGetValue(name, out string? listed) || listed != fileName)
                {
                    throw new ModelFormatException(
                        $"{Path.Combine(directory, fileName)}: holds tensor {name}, which {ShardIndex.FileName} {(listed is null ? "does not list" : $"places in {listed}")}.");
                }
            }
        }
    }
}
