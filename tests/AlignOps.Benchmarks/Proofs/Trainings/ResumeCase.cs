using System.Globalization;
using AlignOps.Models.Sampling;

namespace AlignOps.Benchmarks.Proofs.Trainings;

/// <summary>A training to be killed.</summary>
/// <param name="Settings">Keys of <c>training</c>, as <c>--set</c> takes them.</param>
/// <param name="Kills">At random lines of the metrics.</param>
internal sealed record ResumeCase(string Method, string Title, IReadOnlyList<string> Settings, int Kills, Func<RandomStream, IEnumerable<KillPoint>> Others)
{
    public static readonly IReadOnlyList<ResumeCase> All =
    [
        new("sft", "SFT with dropout, NEFTune, evaluation, early stopping, the best kept, a checkpoint each step",
            ["lora.dropout=0.1", "neftune_alpha=5", "checkpoint_every=1", "evaluate_every=7", "patience=6", "keep=best", "watch=nll"], 3,
            random => [KillPoint.WhileSaving(random.NextInt(4))]),
        new("dpo", "DPO, packed 700 tokens a pass",
            ["micro_batch_tokens=700", "checkpoint_every=5"], 2,
            random => [KillPoint.WhileScoringTheReference(random.NextInt(60))]),
        new("kto", "KTO, its coupled loss in several passes",
            ["micro_batch_tokens=300", "checkpoint_every=9", "evaluate_every=10"], 3,
            _ => []),
    ];

    public IEnumerable<string> Arguments(ResumeWorld world, string output) =>
    [
        world.Feedback, "--model", world.Model, "--output", output, "--method", Method, "--epochs", "4", "--prompts-per-step", "8", "--learning-rate", "0.002",
        "--held-out", "0.1", .. Settings.SelectMany(setting => new[] { "--set", setting }),
    ];

    /// <summary>In the order of the training, so that each kill finds it further on.</summary>
    public IEnumerable<KillPoint> Points(int lines, RandomStream random)
    {
        int[] at = [.. Enumerable.Range(0, Kills).Select(_ => 1 + random.NextInt(lines * 9 / 10)).Order()];
        KillPoint[] others = [.. Others(random)];
        KillPoint[] between = [.. at.Select(line => KillPoint.AfterLine(line, random.NextInt(120)))];
        return others is [{ Where: var where }] && where.Contains("reference", StringComparison.Ordinal) ? [.. others, .. between] : [.. between, .. others];
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Method}, {Kills} kills");
}
