using System.Globalization;
using System.Text.Json;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;
using AlignOps.Platform.Blobs;
using AlignOps.Training.Optimization;

namespace AlignOps.Training.Checkpoints;

/// <summary>
/// The checkpoints of one training: a directory a step, written beside, flushed and renamed, so that one with its name is whole. Each holds the trained
/// tensors, both moments of AdamW, the metrics so far, the best tensors where they are kept, and the fingerprint of the training it belongs to.
/// </summary>
internal sealed class CheckpointFolder(string folder, string fingerprint)
{
    private const string Prefix = "checkpoint-";
    private const string Partial = ".partial";
    private const string TensorsFile = "state.safetensors";
    private const string StateFile = "state.json";
    private const string Value = "value/";
    private const string First = "first/";
    private const string Second = "second/";

    public const string MetricsFile = "metrics.jsonl";

    /// <summary>The newest checkpoint that stands whole, of whatever training.</summary>
    public static string? Newest(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder, Prefix + "*").Where(d => !d.EndsWith(Partial, StringComparison.Ordinal)).Max(StringComparer.Ordinal)
        : null;

    /// <summary>Takes over a checkpoint that was brought from elsewhere, unless the folder has a later one.</summary>
    public static void Import(string folder, int step, string directory)
    {
        string target = PathOf(folder, step);
        if (Newest(folder) is { } newest && string.CompareOrdinal(newest, target) >= 0)
        {
            return;
        }

        string partial = target + Partial;
        Remove(partial);
        Directory.CreateDirectory(partial);
        foreach (string file in Directory.EnumerateFiles(directory))
        {
            File.Copy(file, Path.Combine(partial, Path.GetFileName(file)));
        }

        Directory.Move(partial, target);
    }

    /// <summary>Whether a checkpoint directory belongs to this training.</summary>
    public bool Owns(string directory) => ReadState(directory)?.Fingerprint == fingerprint;

    /// <param name="files">Stand beside the tensors under their own names, such as the metrics so far.</param>
    public string Save(TrainingState state, IReadOnlyList<TrainableParameter> parameters, AdamW optimizer, IReadOnlyList<string> files)
    {
        string target = PathOf(folder, state.Step);
        string partial = target + Partial;
        Remove(partial);
        Directory.CreateDirectory(partial);
        List<NamedTensor> tensors = [];
        for (int i = 0; i < parameters.Count; i++)
        {
            TrainableParameter parameter = parameters[i];
            tensors.Add(new NamedTensor(Value + parameter.Name, parameter.Shape, parameter.Value));
            tensors.Add(new NamedTensor(First + parameter.Name, parameter.Shape, optimizer.FirstMoments[i]));
            tensors.Add(new NamedTensor(Second + parameter.Name, parameter.Shape, optimizer.SecondMoments[i]));
        }

        SafetensorsWriter.Write(Path.Combine(partial, TensorsFile), tensors);
        foreach (string file in files)
        {
            CopyDurably(file, Path.Combine(partial, Path.GetFileName(file)));
        }

        using (FileStream stream = File.Create(Path.Combine(partial, StateFile)))
        {
            JsonSerializer.Serialize(stream, new Saved(fingerprint, state), JsonSerializerOptions.Web);
            stream.Flush(flushToDisk: true);
        }

        DurableFiles.FlushDirectory(partial);
        Remove(target);
        Directory.Move(partial, target);
        DurableFiles.FlushDirectory(folder);
        foreach (string older in Directory.EnumerateDirectories(folder, Prefix + "*").Where(d => d != target).ToList())
        {
            Remove(older);
        }

        return target;
    }

    /// <summary>Puts the checkpoint's numbers back into parameters and optimizer. False: it belongs to another training, or is no checkpoint.</summary>
    public bool TryRestore(string directory, IReadOnlyList<TrainableParameter> parameters, AdamW optimizer, out TrainingState state)
    {
        state = TrainingState.Start;
        if (ReadState(directory) is not { } read || read.Fingerprint != fingerprint)
        {
            return false;
        }

        // Opening checks the whole file's length: nothing is overwritten by a file that a full disk cut short.
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(directory, TensorsFile));
        for (int i = 0; i < parameters.Count; i++)
        {
            file.Read(Value + parameters[i].Name, parameters[i].Value.Span);
            file.Read(First + parameters[i].Name, optimizer.FirstMoments[i]);
            file.Read(Second + parameters[i].Name, optimizer.SecondMoments[i]);
        }

        state = read.State;
        return true;
    }

    private static string PathOf(string folder, int step) => Path.Combine(folder, Prefix + step.ToString("D8", CultureInfo.InvariantCulture));

    private static Saved? ReadState(string directory)
    {
        string path = Path.Combine(directory, StateFile);
        if (!File.Exists(path))
        {
            return null;
        }

        using FileStream stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<Saved>(stream, JsonSerializerOptions.Web);
    }

    private static void CopyDurably(string file, string copy)
    {
        using FileStream from = File.OpenRead(file), to = File.Create(copy);
        from.CopyTo(to);
        to.Flush(flushToDisk: true);
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private sealed record Saved(string Fingerprint, TrainingState State);
}
