using System.Text.Json;
using AlignOps.Benchmarks.Suites.Peers;
using AlignOps.Models.Policies;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>
/// Full training from 0.9 M to 135 M parameters, from 128 to 2,048 tokens in one sequence, on one thread and on all, beside PyTorch. Writes <c>scaling.md</c> and <c>scaling.svg</c>
/// to <c>--output</c>, by default the folder of results. Points in <c>--cache</c> are not measured again; <c>--methods "0.9 M,8 M"</c> measures only these decoders.
/// </summary>
internal static class ScalingRun
{
    private const double SecondsATurn = 0.7;

    /// <summary>Arithmetic of a step on one thread beyond which a point is left out.</summary>
    private const double MostFlops = 9e11;

    private static readonly int[] Lengths = [128, 256, 512, 1024, 2048];

    /// <summary>Of the largest decoder, whose points take minutes.</summary>
    private static readonly int[] FewLengths = [128, 512, 2048];

    public static IReadOnlyList<Figure> Measure(Arguments arguments, CancellationToken cancellationToken)
    {
        string folder = arguments.Output ?? Path.Combine(Checkout.Root, "tests", "AlignOps.Benchmarks", "Results");
        string? cache = arguments.Cache is { } at ? Path.Combine(at, "scaling.jsonl") : null;
        List<ScalingPoint> points = cache is not null && File.Exists(cache) ? [.. File.ReadLines(cache).Select(line => JsonSerializer.Deserialize<ScalingPoint>(line)!)] : [];
        IReadOnlyList<PyTorchPeer> peers = PyTorchPeer.Start(arguments);
        try
        {
            foreach ((string name, PolicyConfig config) in DecoderShapes.All.Where(shape => arguments.Methods?.Contains(shape.Name) ?? true))
            {
                foreach ((int threads, int tokens) in new[] { 1, Environment.ProcessorCount }.Distinct().SelectMany(threads => LengthsOf(config, threads).Select(tokens => (threads, tokens))))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (!points.Any(p => p.Shape == name && p.Tokens == tokens && p.Threads == threads))
                    {
                        ScalingPoint point = Measure(name, config, tokens, threads, peers);
                        points.Add(point);
                        if (cache is not null)
                        {
                            File.AppendAllText(cache, JsonSerializer.Serialize(point) + "\n");
                        }
                    }
                }
            }
        }
        finally
        {
            foreach (PyTorchPeer peer in peers)
            {
                peer.Dispose();
            }
        }

        ScalingPoint[] ordered = [.. points.OrderBy(p => Array.FindIndex([.. DecoderShapes.All], s => s.Name == p.Shape)).ThenBy(p => p.Tokens).ThenBy(p => p.Threads)];
        Directory.CreateDirectory(folder);
        string table = ScalingTable.Of(ordered);
        File.WriteAllText(Path.Combine(folder, "scaling.md"), table);
        File.WriteAllText(Path.Combine(folder, "scaling.svg"), ScalingPlot.Of(ordered));
        Console.WriteLine(table);
        return [.. ordered.Select(p => new Figure($"train.scaling.{p.Shape.Replace(" ", "")}.{p.Tokens}.threads{p.Threads}.ratio_to_pytorch", p.Ratio, $"times {p.Peer}"))];
    }

    private static IEnumerable<int> LengthsOf(PolicyConfig config, int threads) =>
        (config == DecoderShapes.Smol135Million ? FewLengths : Lengths).Where(tokens => 6.0 * DecoderShapes.Parameters(config) * tokens / threads < MostFlops);

    private static ScalingPoint Measure(string name, PolicyConfig config, int tokens, int threads, IReadOnlyList<PyTorchPeer> peers)
    {
        using TrainingRounds ours = TrainingRounds.Full(config, sequences: 1, tokens, threads);
        ours.Run(1);
        double step = ours.Run(1)[0];
        int rounds = (int)Math.Clamp(SecondsATurn / step, 1, 60);
        SideBySide found = SideBySide.Measure(
            $"{name}, {tokens} tokens, threads {threads}", peers, PeerModel.Training($"{name}-{tokens}-{threads}", config, 1, tokens) with { TuneRounds = 1 }, threads,
            turns: step > 1 ? 1 : 3, rounds, ours.Run, warm: step < 1);
        return new ScalingPoint(name, tokens, threads, tokens / found.Seconds, tokens / found.PeerSeconds, found.Peer);
    }
}
