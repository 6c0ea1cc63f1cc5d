using AlignOps.Benchmarks;
using AlignOps.Benchmarks.Proofs;
using AlignOps.Benchmarks.Suites;

// `-- prove NAME [--data DIR] [--seeds N] [--only embedded|distributed]` runs a proof; `-- SUITE [--json FILE] [--peer COMMAND]…` prints figures.
var arguments = Arguments.Parse(args);
if (arguments.Faults.Count > 0)
{
    foreach (var fault in arguments.Faults)
    {
        Console.Error.WriteLine(fault);
    }

    Console.Error.WriteLine($"Usage: prove NAME [--data DIR] [--seeds N] [--only embedded|distributed] | SUITE [--json FILE] [--peer COMMAND]…\nProofs: {string.Join(", ", ProofCatalogue.Names)}\nSuites: {string.Join(", ", SuiteCatalogue.Names)}");
    return 2;
}

return arguments.Proof is { } proof
    ? await ProofRunner.RunAsync(proof, arguments)
    : await SuiteRunner.RunAsync(arguments.Suite!, arguments);
