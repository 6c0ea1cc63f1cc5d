using AlignOps.Examples.SupportAssistant.Feedback;

namespace AlignOps.Benchmarks.Loop;

/// <summary>A pipeline with its base and the batches to push at it, in order.</summary>
/// <param name="Pipelines">The folder that holds the pipeline's folder.</param>
internal sealed record World(string Pipelines, string Pipeline, string BaseDirectory, IReadOnlyList<(string Name, byte[] Content)> Batches)
{
    /// <summary>The smallest world, written below <paramref name="folder"/>: one batch that says what the suite wants, one that says the opposite.</summary>
    public static async Task<World> TinyAsync(string folder, CancellationToken cancellationToken) => new(
        TinyWorld.WritePipeline(Path.Combine(folder, "pipelines")),
        TinyWorld.Pipeline,
        await TinyWorld.WriteBaseAsync(Path.Combine(folder, "base"), cancellationToken),
        [("good.jsonl", TinyWorld.Feedback(1)), ("bad.jsonl", TinyWorld.Feedback(2, "no", "yes"))]);

    /// <summary>The shipped example with its real base, and the batches of the demo.</summary>
    public static async Task<World> SupportAsync(CancellationToken cancellationToken) => new(
        SupportWorld.Pipelines,
        SupportWorld.Pipeline,
        await SupportWorld.BaseAsync(cancellationToken),
        [("good.jsonl", FeedbackBatches.Good(1).Content), ("bad.jsonl", FeedbackBatches.Bad(1).Content)]);
}
