using System.Globalization;
using AlignOps.Benchmarks.Suites.Peers;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>Ours and each peer's seconds of a round: medians over turns that alternate, so that a machine which changes its mind does so for all.</summary>
internal sealed record SideBySide(double Seconds, double PeerSeconds, string Peer)
{
    public double Ratio => PeerSeconds / Seconds;

    /// <param name="turns">Times that each side has its turn.</param>
    /// <param name="rounds">Rounds of a turn; the first of a turn is not counted where there are more than two.</param>
    /// <param name="warm">Whether ours are to run before they count.</param>
    public static SideBySide Measure(string title, IReadOnlyList<PyTorchPeer> peers, PeerModel model, int threads, int turns, int rounds, Func<int, double[]> ours, bool warm = true)
    {
        string[] chosen = [.. peers.Select(peer => peer.Open(model, threads))];
        int skipped = rounds > 2 ? 1 : 0;
        if (warm)
        {
            ours(Math.Min(rounds, 3));
        }

        var own = new List<double>();
        List<double>[] theirs = [.. peers.Select(_ => new List<double>())];
        for (int turn = 0; turn < turns; turn++)
        {
            own.AddRange(ours(rounds)[skipped..]);
            for (int i = 0; i < peers.Count; i++)
            {
                theirs[i].AddRange(peers[i].Run(model, rounds)[skipped..]);
            }
        }

        foreach (PyTorchPeer peer in peers)
        {
            peer.Close(model);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {Median(own) * 1e3:0.0} ms ours"));
        for (int i = 0; i < peers.Count; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Median(theirs[i]) * 1e3,9:0.0} ms {peers[i].Name} ({chosen[i]})"));
        }

        int fastest = Enumerable.Range(0, peers.Count).MinBy(i => Median(theirs[i]));
        return new SideBySide(Median(own), Median(theirs[fastest]), peers[fastest].Name);
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
