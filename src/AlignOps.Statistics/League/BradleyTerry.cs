using AlignOps.Statistics.Regression;

namespace AlignOps.Statistics.League;

/// <summary>
/// Strengths of several versions from pairwise games: P(a beats b) = σ(θₐ − θ_b), a tie half a win (Bradley and Terry, 1952). For three or more versions; with two it says no more
/// than the win rate does. Games are summed up by pair first, so the cost does not grow with them.
/// </summary>
internal sealed class BradleyTerry
{
    /// <summary>Keeps a version that only ever won at a finite strength; below what a hundredth of a game tells.</summary>
    private const double Ridge = 1e-4;

    private readonly IReadOnlyList<Game> _games;
    private readonly Dictionary<string, int> _places;
    private readonly int[] _pairOfGame;
    private readonly bool[] _turned;
    private readonly double[] _design;
    private readonly int _pairs;
    private readonly int[] _groups;
    private readonly int _anchor;
    private double[] _last;

    /// <param name="anchor">The version at strength 0; null: the mean of each group is 0.</param>
    public BradleyTerry(IReadOnlyList<Game> games, IReadOnlyList<string> names, string? anchor)
    {
        _games = games;
        _places = names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        _anchor = anchor is null ? -1 : _places[anchor];
        var pairs = new Dictionary<(int, int), int>();
        _pairOfGame = new int[games.Count];
        _turned = new bool[games.Count];
        for (var i = 0; i < games.Count; i++)
        {
            var (a, b) = (_places[games[i].First], _places[games[i].Second]);
            if (a == b) throw new ArgumentException($"{games[i].First} does not play against itself.", nameof(games));
            _turned[i] = a > b;
            var key = a > b ? (b, a) : (a, b);
            pairs.TryAdd(key, pairs.Count);
            _pairOfGame[i] = pairs[key];
        }

        _pairs = pairs.Count;
        _design = new double[_pairs * names.Count];
        foreach (var ((a, b), pair) in pairs) (_design[pair * names.Count + a], _design[pair * names.Count + b]) = (1, -1);
        _groups = Groups(names.Count, pairs.Keys);
        _last = new double[names.Count];
        _last = Fit(null);
    }

    public IReadOnlyList<int> GroupOf => _groups;

    /// <param name="times">How often each cluster counts; null: each once.</param>
    /// <returns>Strengths by place, anchored.</returns>
    public double[] Fit(double[]? times)
    {
        var won = new double[_pairs];
        var played = new double[_pairs];
        for (var i = 0; i < _games.Count; i++)
        {
            var weight = times?[_games[i].Cluster] ?? 1;
            won[_pairOfGame[i]] += weight * (_turned[i] ? 1 - _games[i].Outcome : _games[i].Outcome);
            played[_pairOfGame[i]] += weight;
        }

        for (var pair = 0; pair < _pairs; pair++) won[pair] = played[pair] > 0 ? won[pair] / played[pair] : 0.5;
        return Anchored(LogisticRegression.Fit(_design, won, played, Ridge, _last));
    }

    private double[] Anchored(double[] strengths)
    {
        var shifts = new double[_groups.Max() + 1];
        for (var group = 0; group < shifts.Length; group++)
        {
            shifts[group] = _anchor >= 0 && _groups[_anchor] == group ? strengths[_anchor] : strengths.Where((_, i) => _groups[i] == group).Average();
        }

        return [.. strengths.Select((strength, i) => strength - shifts[_groups[i]])];
    }

    /// <summary>Who is joined to whom by games, numbered in the order of appearance.</summary>
    private static int[] Groups(int count, IEnumerable<(int A, int B)> pairs)
    {
        var leader = Enumerable.Range(0, count).ToArray();
        foreach (var (a, b) in pairs)
        {
            var (from, to) = (leader[a], leader[b]);
            for (var i = 0; i < count; i++)
            {
                if (leader[i] == from) leader[i] = to;
            }
        }

        var numbers = leader.Distinct().Select((l, i) => (l, i)).ToDictionary(pair => pair.l, pair => pair.i);
        return [.. leader.Select(l => numbers[l])];
    }
}
