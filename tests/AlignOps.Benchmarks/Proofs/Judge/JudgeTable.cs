namespace AlignOps.Benchmarks.Proofs.Judge;

/// <summary>Judgments and attempts by outcome, as the run has them and as the server has them.</summary>
internal static class JudgeTable
{
    public static void Print(IReadOnlyDictionary<string, int> calls, IReadOnlyDictionary<string, int> attempts, IReadOnlyDictionary<string, int> server)
    {
        Console.WriteLine($"  {"outcome",-16}{"judgments",10}{"attempts",10}{"server",10}");
        foreach (var outcome in calls.Keys.Concat(attempts.Keys).Concat(server.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            Console.WriteLine($"  {outcome,-16}{calls.GetValueOrDefault(outcome),10}{attempts.GetValueOrDefault(outcome),10}{server.GetValueOrDefault(outcome),10}");
        }

        Console.WriteLine($"  {"sum",-16}{calls.Values.Sum(),10}{attempts.Values.Sum(),10}{server.Values.Sum(),10}");
    }

    public static bool Agree(IReadOnlyDictionary<string, int> attempts, IReadOnlyDictionary<string, int> server) =>
        attempts.Keys.Union(server.Keys).All(outcome => attempts.GetValueOrDefault(outcome) == server.GetValueOrDefault(outcome));
}
