using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Checkpoints;

/// <summary>Writes weights to one file, or to several with an index where they are larger than a file may be; one tensor is in memory at a time.</summary>
internal static class ShardedWriter
{
    /// <param name="directory">Holds no weights yet.</param>
    /// <returns>The files of weights, in order.</returns>
    public static IReadOnlyList<string> Write(string directory, IReadOnlyList<TensorContent> tensors, long shardBytes)
    {
        List<List<TensorContent>> shards = Split([.. tensors.OrderBy(t => t.Name, StringComparer.Ordinal)], shardBytes);
        if (shards is [var only])
        {
            SafetensorsWriter.WriteEach(Path.Combine(directory, Checkpoint.WeightsFile), only);
            return [Checkpoint.WeightsFile];
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] files = [.. shards.Select((_, index) => $"model-{index + 1:D5}-of-{shards.Count:D5}.safetensors")];
        foreach ((List<TensorContent> shard, string file) in shards.Zip(files))
        {
            SafetensorsWriter.WriteEach(Path.Combine(directory, file), shard);
            shard.ForEach(tensor => map.Add(tensor.Name, file));
        }

        ShardIndex.Write(directory, map, tensors.Sum(t => t.Bytes));
        return files;
    }

    private static List<List<TensorContent>> Split(IEnumerable<TensorContent> sorted, long shardBytes)
    {
        List<List<TensorContent>> shards = [[]];
        long size = 0;
        foreach (TensorContent tensor in sorted)
        {
            if (size > 0 && size + tensor.Bytes > shardBytes)
            {
                shards.Add([]);
                size = 0;
            }

            shards[^1].Add(tensor);
            size += tensor.Bytes;
        }

        return shards;
    }
}
