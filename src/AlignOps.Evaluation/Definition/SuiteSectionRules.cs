using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Suites.Kinds;
using AlignOps.Platform.Definitions;

namespace AlignOps.Evaluation.Definition;

internal static class SuiteSectionRules
{
    private const int MostSamples = 64, MostShots = 64, MostClaims = 100, MostChunk = 10_000;

    public static IEnumerable<SectionFault> Validate(EvaluationSection section)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < section.Suites.Count; i++)
        {
            var (path, suite) = ($"evaluation.suites[{i}]", section.Suites[i]);
            if (string.IsNullOrWhiteSpace(suite.Name)) yield return new($"{path}.name", "The suite has no name.");
            else if (!names.Add(suite.Name)) yield return new($"{path}.name", $"Another suite is named {suite.Name} already.");

            if (string.IsNullOrWhiteSpace(suite.File)) yield return new($"{path}.file", "The suite has no file: name a JSONL file beside pipeline.yaml, such as suites/behaviour.jsonl.");
            else if (EvaluationSectionDefinition.LeavesFolder(suite.File)) yield return new($"{path}.file", $"{suite.File} is outside the pipeline's folder: only files beside pipeline.yaml are part of its definition.");

            foreach (var fault in suite.Kind.IsClosed() ? Closed(path, suite) : Answered(path, suite, section)) yield return fault;
            foreach (var fault in EvaluationSectionDefinition.Drawing(path, suite.Temperature ?? section.Temperature, suite.MaxNewTokens ?? section.MaxNewTokens)) yield return fault;
        }
    }

    private static IEnumerable<SectionFault> Answered(string path, SuiteSection suite, EvaluationSection section)
    {
        foreach (var fault in Scored(path, suite, section)) yield return fault;
        if (suite.Kind == SuiteKind.Values && suite.Samples != 1) yield return new($"{path}.samples", "A suite of kind values is asked once an item.");
        else if (suite.Samples is < 1 or > MostSamples) yield return new($"{path}.samples", $"{suite.Samples} answers an item cannot be drawn: give 1 to {MostSamples}.");
        if (suite.Metric is not null) yield return new($"{path}.metric", $"A suite of kind {suite.Kind.Name()} has no choice of metrics: its verifier or judge scores.");
        if (suite.ShotsFile is not null) yield return new($"{path}.shots_file", $"A suite of kind {suite.Kind.Name()} has no solved examples: write them into its prompts.");
    }

    private static IEnumerable<SectionFault> Scored(string path, SuiteSection suite, EvaluationSection section)
    {
        foreach (var fault in Judged(path, suite, section)) yield return fault;
        if (suite.Kind is SuiteKind.Open or SuiteKind.Values && string.IsNullOrWhiteSpace(suite.Verifier ?? section.Verifier)) yield return new($"{path}.verifier", "No verifier judges this suite: name one here or in evaluation.verifier.");
        if (suite.Kind == SuiteKind.GptScore && suite.Verifier is not null) yield return new($"{path}.verifier", "A suite of kind gpt-score is scored by the base's likelihood: no verifier scores it.");
        if (suite.Kind == SuiteKind.Toxicity && (suite.Lexicon is null) == (suite.Verifier is null)) yield return new($"{path}.lexicon", "Say by one of two what is toxic: lexicon: a file of words, or verifier: one that scores.");
        if (suite.Kind != SuiteKind.Toxicity && suite.Lexicon is not null) yield return new($"{path}.lexicon", $"A suite of kind {suite.Kind.Name()} has no lexicon.");
        if (suite.Lexicon is { } file && EvaluationSectionDefinition.LeavesFolder(file)) yield return new($"{path}.lexicon", $"{file} is outside the pipeline's folder: only files beside pipeline.yaml are part of its definition.");
        if (suite.Template is { } template)
        {
            if (suite.Kind != SuiteKind.GptScore) yield return new($"{path}.template", $"A suite of kind {suite.Kind.Name()} has no template.");
            else if (!template.Contains("{question}", StringComparison.Ordinal) || !template.EndsWith(LikelihoodScoring.Answer, StringComparison.Ordinal)) yield return new($"{path}.template", "A template has {question} and ends with {answer}.");
        }

        if (suite.LeastClaims is < 1 or > MostClaims) yield return new($"{path}.least_claims", $"{suite.LeastClaims} claims cannot be expected: give 1 to {MostClaims}.");
        if (suite.ChunkWords is < 10 or > MostChunk) yield return new($"{path}.chunk_words", $"{suite.ChunkWords} words are no piece of a context: give 10 to {MostChunk}.");
    }

    private static IEnumerable<SectionFault> Judged(string path, SuiteSection suite, EvaluationSection section)
    {
        if (suite.Judge is not { } name) yield break;
        if (!suite.Kind.HasClaims()) yield return new($"{path}.judge", $"A suite of kind {suite.Kind.Name()} is judged by its verifier, and by those of evaluation.judges that name it.");
        if (suite.Verifier is not null) yield return new($"{path}.judge", "Name a verifier or a judge, not both.");
        if (section.Judges.All(judge => judge.Name != name)) yield return new($"{path}.judge", $"There is no judge {name} in evaluation.judges.");
        else if (suite.Role != SuiteRole.Report) yield return new($"{path}.role", $"Judge {name} has not qualified to decide claims, so the suite can only have role: report.");
    }

    private static IEnumerable<SectionFault> Closed(string path, SuiteSection suite)
    {
        if (suite.Judge is not null) yield return new($"{path}.judge", $"A suite of kind {suite.Kind.Name()} has its answers in its file: no judge scores it.");
        if (suite.Verifier is not null) yield return new($"{path}.verifier", $"A suite of kind {suite.Kind.Name()} has its answers in its file: no verifier scores it.");
        if (suite.Samples != 1) yield return new($"{path}.samples", $"A suite of kind {suite.Kind.Name()} is asked once an item, without sampling.");
        if (suite.Temperature is not null) yield return new($"{path}.temperature", $"A suite of kind {suite.Kind.Name()} is asked without sampling.");
        if (suite.Metric is { } metric && suite.Kind.Metrics() is { Count: > 0 } known && !known.Contains(metric)) yield return new($"{path}.metric", $"{metric} is no metric of {suite.Kind.Name()}: there are {string.Join(", ", known)}.");
        if (suite.ShotsFile is { } file && EvaluationSectionDefinition.LeavesFolder(file)) yield return new($"{path}.shots_file", $"{file} is outside the pipeline's folder: only files beside pipeline.yaml are part of its definition.");
        if (suite.Shots is < 0 or > MostShots) yield return new($"{path}.shots", $"{suite.Shots} examples are too many or none: give 0 to {MostShots}.");
    }
}
