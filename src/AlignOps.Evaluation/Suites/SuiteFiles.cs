using System.Text;
using AlignOps.Evaluation.Baselines;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Suites.Claims;
using AlignOps.Evaluation.Suites.Values;
using AlignOps.Platform.Definitions;
using AlignOps.Rewards.Texts;

namespace AlignOps.Evaluation.Suites;

/// <summary>What is wrong with the files that an evaluation section names, told before anything is trained on them.</summary>
internal static class SuiteFiles
{
    public const string NoWords = "it lists no words.";

    private const int MostTold = 5;

    public static IEnumerable<SectionFault> Faults(EvaluationSection section, string directory)
    {
        for (var i = 0; i < section.Suites.Count; i++)
        {
            var (path, suite) = ($"evaluation.suites[{i}]", section.Suites[i]);
            foreach (var fault in File($"{path}.file", suite.File, directory, content => Suite(suite, content, section.Constitution))) yield return fault;
            foreach (var fault in File($"{path}.shots_file", suite.ShotsFile, directory, content => Closed(suite, content))) yield return fault;
            foreach (var fault in File($"{path}.lexicon", suite.Lexicon, directory, content => ForbiddenTerms.Read(Encoding.UTF8.GetString(content)).Count == 0 ? [NoWords] : [])) yield return fault;
        }

        foreach (var fault in File("evaluation.baseline.file", section.Baseline.File, directory, content => BaselineExample.Read(Encoding.UTF8.GetString(content)).Fault is { } one ? [one] : [])) yield return fault;
    }

    /// <summary>The faults of a suite of conversations, those of its kind included.</summary>
    public static IReadOnlyList<string> Faults(SuiteSection suite, SuiteReading reading, IReadOnlyList<string> constitution) => suite.Kind switch
    {
        _ when reading.Faults.Count > 0 => [.. reading.Faults.Select(fault => fault.ToString())],
        SuiteKind.Values => [.. reading.Items.Select(item => ValueItem.Read(item, constitution).Fault).OfType<string>()],
        _ when suite.Kind.HasClaims() => [.. reading.Items.Where(item => ClaimScoring.Context(item) is null).Select(item => $"item {item.Id} has no expect.context, which {suite.Kind.Name()} decides claims by.")],
        _ => [],
    };

    public static string Sentence(string file, IReadOnlyList<string> faults) =>
        $"{file}: {string.Join(" ", faults.Take(MostTold))}{(faults.Count > MostTold ? $" And {faults.Count - MostTold} more." : "")}";

    private static IReadOnlyList<string> Suite(SuiteSection suite, byte[] content, IReadOnlyList<string> constitution) =>
        suite.Kind.IsClosed() ? Closed(suite, content) : Faults(suite, SuiteReader.Read(content), constitution);

    // The content is in memory, so nothing is waited for.
    private static IReadOnlyList<string> Closed(SuiteSection suite, byte[] content) => ClosedSuiteReader.ReadAsync(content, suite, CancellationToken.None).GetAwaiter().GetResult().Faults;

    private static IEnumerable<SectionFault> File(string key, string? file, string directory, Func<byte[], IReadOnlyList<string>> faults)
    {
        if (file is null || EvaluationSectionDefinition.LeavesFolder(file)) yield break;

        var path = Path.Combine(directory, file);
        if (System.IO.File.Exists(path))
        {
            if (faults(System.IO.File.ReadAllBytes(path)) is { Count: > 0 } found) yield return new SectionFault(key, Sentence(file, found));
        }
        else if (!key.EndsWith("].file", StringComparison.Ordinal))
        {
            yield return new SectionFault(key, $"'{file}' does not exist in the pipeline's folder; put it into suites/, which is kept with the definition.");
        }
    }
}
