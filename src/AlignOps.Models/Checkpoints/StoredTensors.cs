using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Checkpoints;

/// <summary>A checkpoint's tensors as they stand in its files, whatever the network makes of them: every name, with its own dtype.</summary>
internal sealed class StoredTensors : IDisposable
{
    private readonly Dictionary<string, SafetensorsFile> _files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SafetensorsFile> _holders = new(StringComparer.Ordinal);

    private StoredTensors()
    {
    }

    public IEnumerable<TensorEntry> Entries => _holders.Select(holder => holder.Value.Tensors[holder.Key]);

    /// <summary>Names of the files, in order.</summary>
    public IReadOnlyList<string> Files => [.. _files.Keys.Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <exception cref="ModelFormatException">A file is missing or truncated, or the index names what is not there.</exception>
    public static StoredTensors Open(string directory)
    {
        var stored = new StoredTensors();
        try
        {
            // As transformers does: the single file first, then the index.
            string single = Path.Combine(directory, Checkpoint.WeightsFile);
            if (System.IO.File.Exists(single) || !System.IO.File.Exists(Path.Combine(directory, ShardIndex.FileName)))
            {
                SafetensorsFile file = stored.File(single);
                foreach (string name in file.Tensors.Keys)
                {
                    stored._holders[name] = file;
                }
            }
            else
            {
                foreach ((string name, string file) in ShardIndex.Read(directory))
                {
                    SafetensorsFile shard = stored.File(Path.Combine(directory, file));
                    stored._holders[name] = shard.Tensors.ContainsKey(name)
                        ? shard
                        : throw new ModelFormatException($"{Path.Combine(directory, file)}: tensor {name} is missing, though {ShardIndex.FileName} places it there.");
                }
            }

            return stored;
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    /// <summary>A tensor's values as fp32.</summary>
    public float[] Read(TensorEntry entry)
    {
        var values = new float[entry.ElementCount];
        _holders[entry.Name].Read(entry.Name, values);
        return values;
    }

    public void Dispose()
    {
        foreach (SafetensorsFile file in _files.Values)
        {
            file.Dispose();
        }
    }

    private SafetensorsFile File(string path) => _files.TryGetValue(path, out SafetensorsFile? file) ? file : _files[path] = SafetensorsFile.Open(path);
}
