namespace AlignOps.Evaluation.Regression.Attribution;

/// <summary>How much a word tells: ln((n + 1) / (df + 1)), n texts of which df have it (inverse document frequency; Spärck Jones, 1972). Learned from the texts given.</summary>
internal sealed class Rarity
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private int _count;

    public void Add(IEnumerable<string> words)
    {
        _count++;
        foreach (var word in words) _texts[word] = _texts.GetValueOrDefault(word) + 1;
    }

    public double Of(string word) => Math.Log((_count + 1.0) / (_texts.GetValueOrDefault(word) + 1.0));
}
