namespace AlignOps.Benchmarks.Proofs.Trainings;

/// <summary>When a training is killed: so long after something is seen in its output folder.</summary>
/// <param name="Where">In words.</param>
/// <param name="Seen">Given the output folder.</param>
/// <param name="Then">Milliseconds later.</param>
internal sealed record KillPoint(string Where, Func<string, bool> Seen, int Then)
{
    public static KillPoint AfterLine(int line, int then) => new($"after line {line} of its metrics", output => Lines(output) >= line, then);

    public static KillPoint WhileScoringTheReference(int then) => new(
        "while the reference is scored", output => Work(output) is { } work && Directory.EnumerateFiles(work, "*.scores").Any(file => new FileInfo(file).Length > 0), then);

    public static KillPoint WhileSaving(int then) => new("once its adapter is being written", output => Directory.Exists(output)
        && Directory.EnumerateFiles(output, "adapter_*").Any(), then);

    private static string? Work(string output) => Path.Combine(output, "training") is var work && Directory.Exists(work) ? work : null;

    private static int Lines(string output)
    {
        try
        {
            return Work(output) is { } work ? File.ReadAllBytes(Path.Combine(work, "metrics.jsonl")).Count(b => b == '\n') : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
