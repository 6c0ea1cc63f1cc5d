namespace AlignOps.Statistics.League;

/// <summary>
/// Elo's rating, updated game by game: R ← R + K·(S − E), E = 1/(1 + 10^((R_b − R_a)/400)). It follows a stream that never ends, and depends on the order of the games: no gate
/// reads it. For a finished set of games take <see cref="LeagueTable"/>.
/// </summary>
public sealed class Elo(double step = 4, double start = 1000)
{
    private readonly Dictionary<string, double> _ratings = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, double> Ratings => _ratings;

    public double this[string name] => _ratings.GetValueOrDefault(name, start);

    /// <param name="outcome">Of the first: 1 a win, 1/2 a tie, 0 a loss.</param>
    public void Play(string first, string second, double outcome)
    {
        var (a, b) = (this[first], this[second]);
        var gain = step * (outcome - 1 / (1 + Math.Pow(10, (b - a) / 400)));
        (_ratings[first], _ratings[second]) = (a + gain, b - gain);
    }
}
