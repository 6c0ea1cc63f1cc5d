using System.Text;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Baselines;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Evaluation.Suites.Claims;
using AlignOps.Evaluation.Suites.Kinds;
using AlignOps.Evaluation.Suites.Values;
using AlignOps.Platform.Jobs;
using AlignOps.Rewards;
using AlignOps.Rewards.Code;
using AlignOps.Rewards.Texts;

namespace AlignOps.Evaluation.Suites;

/// <summary>Reads the suites of a section and finds who scores them; what is wrong ends the job with every fault in one sentence.</summary>
/// <param name="directory">The definition's folder.</param>
/// <param name="likelihood">Makes what scores by a template's likelihood.</param>
/// <param name="open">Opens a judge of the definition.</param>
internal sealed class SuiteLoader(
    EvaluationSection section, string directory, VerifierCatalogue verifiers, Func<string, ISuiteScoring> likelihood, Func<JudgeSection, Task<JudgeOpening>> open) : IDisposable
{
    private readonly List<OpenedJudge> _opened = [];

    /// <summary>Lets go of the judges that score.</summary>
    public void Dispose() => _opened.ForEach(judge => judge.Dispose());

    /// <exception cref="JobFailedException"><c>suite-missing</c>, <c>suite-broken</c> or <c>unknown-verifier</c>.</exception>
    public async Task<IReadOnlyList<AskedSuite>> LoadAsync(CancellationToken cancellationToken)
    {
        var suites = new List<AskedSuite>();
        foreach (var suite in section.Suites)
        {
            suites.Add(suite.Kind switch
            {
                SuiteKind.Values => await ValuesAsync(suite, cancellationToken),
                _ when suite.Kind.IsClosed() => await ClosedAsync(suite, cancellationToken),
                _ => await OpenAsync(suite, cancellationToken),
            });
        }

        return [.. suites.Select(suite => suite with { Items = SpokenLanguage.Of(suite.Items) })];
    }

    /// <summary>The baseline's prompt.</summary>
    public async Task<UrialPrompt> BaselineAsync(CancellationToken cancellationToken)
    {
        if (section.Baseline.File is not { } file || section.Baseline.Kind == BaselineKind.None) return new UrialPrompt(null);
        var (examples, fault) = BaselineExample.Read(Encoding.UTF8.GetString(await ReadAsync("baseline", file, cancellationToken)));
        Check(file, fault is null ? [] : [fault]);
        return new UrialPrompt(examples);
    }

    private async Task<AskedSuite> OpenAsync(SuiteSection suite, CancellationToken cancellationToken)
    {
        var scoring = await ScoringAsync(suite, cancellationToken);
        var reading = SuiteReader.Read(await ReadAsync(suite.Name, suite.File, cancellationToken));
        Check(suite.File, SuiteFiles.Faults(suite, reading, section.Constitution));
        var (temperature, maxNewTokens) = (suite.Temperature ?? section.Temperature, suite.MaxNewTokens ?? section.MaxNewTokens);
        var judge = suite.Kind == SuiteKind.Open ? new VerifierJudge(Verifier(suite, section.Verifier)) : null;
        return new AskedSuite(suite, reading.Digest, reading.Items, new ChatAsking(temperature, section.TopP, maxNewTokens, suite.Samples), scoring, judge, temperature, section.TopP, maxNewTokens);
    }

    private async Task<ISuiteScoring> ScoringAsync(SuiteSection suite, CancellationToken cancellationToken)
    {
        switch (suite.Kind)
        {
            case SuiteKind.GptScore:
                return likelihood(suite.Template ?? LikelihoodScoring.DefaultTemplate);
            case SuiteKind.FactPrecision or SuiteKind.Consistency:
                return new ClaimScoring(suite.Kind, await ClaimJudgeAsync(suite), suite.LeastClaims, suite.ChunkWords);
            case SuiteKind.Toxicity when suite.Lexicon is { } file:
                var terms = ForbiddenTerms.Read(Encoding.UTF8.GetString(await ReadAsync(suite.Name, file, cancellationToken)));
                Check(file, terms.Count == 0 ? [SuiteFiles.NoWords] : []);
                return new VerifierScoring(new ForbiddenTerms("lexicon", "non-toxic", terms));
            default:
                return new VerifierScoring(Verifier(suite, section.Verifier));
        }
    }

    private async Task<IClaimJudge> ClaimJudgeAsync(SuiteSection suite)
    {
        if (suite.Judge is not { } name) return new VerifierClaimJudge(Verifier(suite, "supported"));

        var opening = await open(section.Judges.First(judge => judge.Name == name));
        if (opening.Judge is { } opened) _opened.Add(opened);
        return new JudgeClaims(name, opening);
    }

    private async Task<AskedSuite> ValuesAsync(SuiteSection suite, CancellationToken cancellationToken)
    {
        var reading = SuiteReader.Read(await ReadAsync(suite.Name, suite.File, cancellationToken));
        Check(suite.File, SuiteFiles.Faults(suite, reading, section.Constitution));
        var choices = reading.Items.Select(item => ValueItem.Read(item, section.Constitution).Choice).OfType<ChoiceItem>().ToList();
        var (temperature, maxNewTokens) = (suite.Temperature ?? section.Temperature, suite.MaxNewTokens ?? section.MaxNewTokens);
        return new AskedSuite(
            suite, reading.Digest, [.. reading.Items.Select(ValueItem.Place)], new ValuesAsking(choices, section.Constitution, new ChatAsking(temperature, section.TopP, maxNewTokens, 1)),
            new ValuesScoring(new MetricScoring(SuiteKind.MultipleChoice, "acc"), new VerifierScoring(Verifier(suite, section.Verifier))), Judge: null, temperature, section.TopP, maxNewTokens);
    }

    private async Task<AskedSuite> ClosedAsync(SuiteSection suite, CancellationToken cancellationToken)
    {
        var benchmark = await BenchmarkAsync(suite, suite.File, cancellationToken);
        var shots = suite.ShotsFile is { } file && suite.Shots > 0 ? await BenchmarkAsync(suite, file, cancellationToken) : null;
        var maxNewTokens = suite.MaxNewTokens ?? section.MaxNewTokens;
        var settings = new BenchmarkSettings { Chat = suite.Chat, MaxNewTokens = maxNewTokens, Shots = [.. (shots?.Items ?? []).Take(suite.Shots)] };
        return new AskedSuite(
            suite, benchmark.Digest, [.. benchmark.Items.Select(ClosedSuiteReader.Item)], new ClosedAsking(benchmark, settings, shots is null ? "" : FormattableString.Invariant($"{suite.Shots} of {shots.Digest}")),
            new MetricScoring(suite.Kind, ClosedSuiteReader.Metric(benchmark, suite)), Judge: null, Temperature: 0, TopP: 1, maxNewTokens);
    }

    private async Task<Benchmark> BenchmarkAsync(SuiteSection suite, string file, CancellationToken cancellationToken)
    {
        var reading = await ClosedSuiteReader.ReadAsync(await ReadAsync(suite.Name, file, cancellationToken), suite, cancellationToken);
        Check(file, reading.Faults);
        return reading.Benchmark!;
    }

    private IVerifier Verifier(SuiteSection suite, string otherwise)
    {
        var name = suite.Verifier ?? otherwise;
        var found = verifiers.Find(name) is CodeVerifier code && section.Code is { } own ? code.With(own.Settings()) : verifiers.Find(name);
        return found ?? throw new JobFailedException(
            "unknown-verifier", $"Suite {suite.Name} is judged by verifier {name}, which is not known here. Known are: {string.Join(", ", verifiers.Names.Order(StringComparer.Ordinal))}.");
    }

    private async Task<byte[]> ReadAsync(string suite, string file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, file);
        return EvaluationSectionDefinition.LeavesFolder(file) || !File.Exists(path)
            ? throw new JobFailedException("suite-missing", $"Suite {suite} is to be read from {file}, which is not part of the pipeline's definition.")
            : await File.ReadAllBytesAsync(path, cancellationToken);
    }

    private static void Check(string file, IReadOnlyList<string> faults)
    {
        if (faults.Count > 0) throw new JobFailedException("suite-broken", SuiteFiles.Sentence(file, faults));
    }
}
