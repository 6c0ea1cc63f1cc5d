using System.Text.Json;
using AlignOps.Training.Checkpoints;

namespace AlignOps.Training.Raft;

/// <summary>
/// The folder of a round: its samples, its trainer's checkpoints and metrics, and the adapter that it ended with. What has its name is whole; what has not is
/// made again, to the same bits.
/// </summary>
internal sealed class RoundFolder(string root, int round)
{
    private const string DoneFile = "round.json";

    private string Folder => Path.Combine(root, $"round-{round:D3}");

    public string Training => Path.Combine(Folder, "training");

    public string Adapter => Path.Combine(Folder, "adapter");

    /// <summary>The round's samples, from its file or sampled now.</summary>
    public IReadOnlyList<SampledPrompt> Samples(Func<IReadOnlyList<SampledPrompt>> sample)
    {
        string path = Path.Combine(Folder, "samples.jsonl");
        Directory.CreateDirectory(Folder);
        if (!File.Exists(path))
        {
            File.WriteAllLines(path + ".partial", sample().Select(prompt => JsonSerializer.Serialize(prompt, JsonSerializerOptions.Web)));
            File.Move(path + ".partial", path);
        }

        return [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<SampledPrompt>(line, JsonSerializerOptions.Web)!)];
    }

    /// <summary>What a finished round came to; null where it is not finished.</summary>
    public RoundResult? Result => File.Exists(Path.Combine(Folder, DoneFile))
        ? JsonSerializer.Deserialize<RoundResult>(File.ReadAllText(Path.Combine(Folder, DoneFile)), JsonSerializerOptions.Web)
        : null;

    /// <summary>The round is finished: its adapter stands, and its checkpoints are not needed any more.</summary>
    public void Finish(RoundResult result)
    {
        string path = Path.Combine(Folder, DoneFile);
        File.WriteAllText(path + ".partial", JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
        File.Move(path + ".partial", path);
        foreach (string checkpoint in Directory.EnumerateDirectories(Training))
        {
            Directory.Delete(checkpoint, recursive: true);
        }
    }

    public string Metrics => Path.Combine(Training, CheckpointFolder.MetricsFile);
}
