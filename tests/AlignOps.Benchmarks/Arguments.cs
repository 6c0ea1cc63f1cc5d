using AlignOps.Benchmarks.Proofs;
using AlignOps.Benchmarks.Suites;

namespace AlignOps.Benchmarks;

/// <summary>What was asked on the command line.</summary>
internal sealed record Arguments(string? Proof, string? Suite, string? Data, string? Json, int? Seeds, string? Only, IReadOnlyList<string> Faults)
{
    public static Arguments Parse(string[] args)
    {
        string? proof = null, suite = null, data = null, json = null, only = null;
        int? seeds = null;
        var faults = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "prove" when i + 1 < args.Length: proof = args[++i]; break;
                case "--data" when i + 1 < args.Length: data = args[++i]; break;
                case "--json" when i + 1 < args.Length: json = args[++i]; break;
                case "--only" when i + 1 < args.Length && args[i + 1] is "embedded" or "distributed": only = args[++i]; break;
                case "--seeds" when i + 1 < args.Length && int.TryParse(args[i + 1], out var count) && count > 0: seeds = count; i++; break;
                case var name when suite is null && proof is null && !name.StartsWith('-'): suite = name; break;
                case var other: faults.Add($"Not understood: {other}"); break;
            }
        }

        if (proof is null && suite is null)
        {
            faults.Add("Name a proof or a suite.");
        }

        if (proof is not null && !ProofCatalogue.Names.Contains(proof))
        {
            faults.Add($"There is no proof '{proof}'.");
        }

        if (suite is not null && !SuiteCatalogue.Names.Contains(suite))
        {
            faults.Add($"There is no suite '{suite}'.");
        }

        return new Arguments(proof, suite, data, json, seeds, only, faults);
    }
}
