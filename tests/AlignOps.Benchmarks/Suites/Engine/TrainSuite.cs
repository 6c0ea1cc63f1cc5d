using AlignOps.Benchmarks.Suites.Peers;
using AlignOps.Models.Policies;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>
/// <c>train</c>: training beside PyTorch, in the same command with the same shapes, tokens and threads. <c>--figures full1m,small_batch,lora135m,prefix</c> takes some of them;
/// <c>--figures scaling</c> writes the table and the plot of sizes, lengths and threads instead.
/// </summary>
internal sealed class TrainSuite : ISuite
{
    private const int Rank = 16;
    private const int SgemmSize = 1024;

    public string Name => "train";

    public Task<IReadOnlyList<Figure>> MeasureAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Figures is ["scaling"])
        {
            return Task.FromResult(ScalingRun.Measure(arguments, cancellationToken));
        }

        bool Asked(string figure) => arguments.Figures?.Contains(figure) ?? true;
        var figures = new List<Figure>();
        IReadOnlyList<PyTorchPeer> peers = Asked("full1m") || Asked("small_batch") || Asked("lora135m") ? PyTorchPeer.Start(arguments) : [];
        try
        {
            if (Asked("full1m"))
            {
                figures.AddRange(Full("full1m", peers, sequences: 8, length: 256, turns: 8, rounds: 4));
            }

            if (Asked("small_batch"))
            {
                figures.AddRange(Full("small_batch", peers, sequences: 1, length: 64, turns: 8, rounds: 60));
            }

            if (Asked("lora135m"))
            {
                figures.AddRange(Lora(peers));
            }
        }
        finally
        {
            foreach (PyTorchPeer peer in peers)
            {
                peer.Dispose();
            }
        }

        if (Asked("prefix"))
        {
            figures.AddRange(PrefixFigures.Measure(cancellationToken));
        }

        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private static Figure[] Full(string name, IReadOnlyList<PyTorchPeer> peers, int sequences, int length, int turns, int rounds)
    {
        PolicyConfig config = DecoderShapes.OneMillion;
        using TrainingRounds ours = TrainingRounds.Full(config, sequences, length, Environment.ProcessorCount);
        ours.Run(20 * 2048 / ours.Tokens);
        SideBySide found = SideBySide.Measure(
            $"train.{name}, {sequences} × {length} tokens, {Environment.ProcessorCount} threads", peers, PeerModel.Training(name, config, sequences, length),
            Environment.ProcessorCount, turns, rounds, ours.Run);
        return Figures(name, found, ours.Tokens);
    }

    private static Figure[] Lora(IReadOnlyList<PyTorchPeer> peers)
    {
        PolicyConfig config = DecoderShapes.Smol135Million;
        (int threads, int sequences, int length) = (Environment.ProcessorCount, 4, 512);
        double sgemm = peers.Max(peer => peer.Sgemm(SgemmSize, 10, threads));
        using TrainingRounds ours = TrainingRounds.Lora(config, sequences, length, Rank, threads);
        PeerModel model = PeerModel.Lora("lora135m", config, sequences, length, Rank) with { TuneRounds = 1 };
        SideBySide found = SideBySide.Measure($"train.lora135m, {sequences} × {length} tokens, r {Rank}, {threads} threads", peers, model, threads, turns: 2, rounds: 1, ours.Run);

        // Before and after, since a machine's rate drifts: the higher is the limit.
        sgemm = Math.Max(sgemm, peers.Max(peer => peer.Sgemm(SgemmSize, 10, threads)));
        double rate = 4.0 * DecoderShapes.Parameters(config) * ours.Tokens / found.Seconds / 1e9;
        return
        [
            .. Figures("lora135m", found, ours.Tokens),
            new("train.lora135m.gflops", rate, "GFLOP/s counted as 4 a parameter and token"),
            new("train.lora135m.sgemm", sgemm, "GFLOP/s of OpenBLAS at 1024³"),
            new("train.lora135m.sgemm_fraction", rate / sgemm, "of it"),
        ];
    }

    private static Figure[] Figures(string name, SideBySide found, int tokens) =>
    [
        new($"train.{name}.tokens_per_s", tokens / found.Seconds, "tokens/s"),
        new($"train.{name}.pytorch_tokens_per_s", tokens / found.PeerSeconds, $"tokens/s of {found.Peer}, the fastest"),
        new($"train.{name}.ratio_to_pytorch", found.Ratio, $"times {found.Peer}"),
    ];
}
