using System.Globalization;

namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary>What was killed and how long it took to come to rest again, a line for each kind of moment.</summary>
internal sealed class KillTable
{
    private readonly Dictionary<string, List<TrialResult>> _rows = [];

    public int Kills => _rows.Values.Sum(results => results.Count(result => result.Killed.Count > 0));

    public int Missed => _rows.Values.Sum(results => results.Count(result => result.Killed.Count == 0));

    public void Add(string group, TrialResult result)
    {
        if (!_rows.TryGetValue(group, out var results))
        {
            _rows[group] = results = [];
        }

        results.Add(result);
    }

    /// <summary>True when every kind was killed at as often as it must be.</summary>
    public bool IsComplete(int times) => _rows.Values.All(results => results.Count(result => result.Killed.Count > 0) >= times);

    public void Print()
    {
        Console.WriteLine($"{"killed right after",-48} {"kills",5} {"ready s",8} {"at rest s (mean, max)",22}");
        foreach (var (group, results) in _rows.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            TrialResult[] hit = [.. results.Where(result => result.Killed.Count > 0)];
            Console.WriteLine(hit.Length == 0
                ? $"{group,-48} {0,5}"
                : string.Create(CultureInfo.InvariantCulture, $"{group,-48} {hit.Length,5} {hit.Average(result => result.Ready),8:0.0} {hit.Average(result => result.Recovered),13:0.0} {hit.Max(result => result.Recovered),8:0.0}"));
        }
    }
}
