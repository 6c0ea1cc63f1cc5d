using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging;
using AlignOps.Platform.Jobs;
using AlignOps.Rewards;

namespace AlignOps.Evaluation.Suites;

/// <summary>Reads the suites of a section and finds their verifiers; what is wrong ends the job with every fault in one sentence.</summary>
internal static class SuiteLoader
{
    private const int MostFaultsTold = 5;

    /// <param name="directory">The definition's folder.</param>
    /// <exception cref="JobFailedException"><c>suite-missing</c>, <c>suite-broken</c> or <c>unknown-verifier</c>.</exception>
    public static async Task<IReadOnlyList<AskedSuite>> LoadAsync(EvaluationSection section, string directory, VerifierCatalogue verifiers, CancellationToken cancellationToken)
    {
        var suites = new List<AskedSuite>();
        foreach (var suite in section.Suites)
        {
            var name = suite.Verifier ?? section.Verifier;
            var verifier = verifiers.Find(name) ?? throw new JobFailedException(
                "unknown-verifier", $"Suite {suite.Name} is judged by verifier {name}, which is not known here. Known are: {string.Join(", ", verifiers.Names.Order(StringComparer.Ordinal))}.");

            var path = Path.Combine(directory, suite.File);
            if (EvaluationSectionDefinition.LeavesFolder(suite.File) || !File.Exists(path))
            {
                throw new JobFailedException("suite-missing", $"Suite {suite.Name} is to be read from {suite.File}, which is not part of the pipeline's definition.");
            }

            var reading = SuiteReader.Read(await File.ReadAllBytesAsync(path, cancellationToken));
            if (reading.Faults.Count > 0)
            {
                var more = reading.Faults.Count > MostFaultsTold ? $" And {reading.Faults.Count - MostFaultsTold} more." : "";
                throw new JobFailedException("suite-broken", $"{suite.File}: {string.Join(" ", reading.Faults.Take(MostFaultsTold))}{more}");
            }

            suites.Add(new AskedSuite(
                suite, reading, verifier, new VerifierJudge(verifier), suite.Temperature ?? section.Temperature, section.TopP, suite.MaxNewTokens ?? section.MaxNewTokens));
        }

        return suites;
    }
}
