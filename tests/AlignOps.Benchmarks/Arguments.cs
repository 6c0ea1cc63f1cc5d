using AlignOps.Benchmarks.Proofs;
using AlignOps.Benchmarks.Suites;

namespace AlignOps.Benchmarks;

/// <summary>What was asked on the command line.</summary>
internal sealed record Arguments(string? Proof, string? Suite, string? Data, string? Json, int? Seeds, string? Only, IReadOnlyList<string> Faults)
{
    /// <summary>Only these training methods.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>Only the first folds.</summary>
    public int? Folds { get; init; }

    /// <summary>A folder of results that need not be computed again.</summary>
    public string? Cache { get; init; }

    /// <summary>A folder to leave what was made in.</summary>
    public string? Output { get; init; }

    /// <summary>Commands that start a Python with PyTorch, to measure against.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>Only these figures of a suite that can be asked for some.</summary>
    public IReadOnlyList<string>? Figures { get; init; }

    /// <summary>Compare settings on inner splits instead of proving.</summary>
    public bool Choose { get; init; }

    public static Arguments Parse(string[] args)
    {
        string? proof = null, suite = null, data = null, json = null, only = null, methods = null, figures = null, cache = null, output = null;
        int? seeds = null, folds = null;
        var choose = false;
        var peers = new List<string>();
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
                case "--methods" when i + 1 < args.Length: methods = args[++i]; break;
                case "--folds" when i + 1 < args.Length && int.TryParse(args[i + 1], out var count) && count > 0: folds = count; i++; break;
                case "--cache" when i + 1 < args.Length: cache = args[++i]; break;
                case "--output" when i + 1 < args.Length: output = args[++i]; break;
                case "--peer" when i + 1 < args.Length: peers.Add(args[++i]); break;
                case "--figures" when i + 1 < args.Length: figures = args[++i]; break;
                case "--choose": choose = true; break;
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

        return new Arguments(proof, suite, data, json, seeds, only, faults) { Methods = methods?.Split(','), Folds = folds, Cache = cache, Output = output, Choose = choose, Peers = peers, Figures = figures?.Split(',') };
    }
}
