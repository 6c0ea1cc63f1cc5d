using System.Globalization;
using AlignOps.Contracts.Evidence;
using AlignOps.Inference.Endpoints;
using AlignOps.Platform.Definitions;

namespace AlignOps.Evaluation.Definition;

internal static class JudgeSectionRules
{
    private const int MostConcurrency = 256, MostTokens = 32_768, LongestRubric = 16_384;

    public static IEnumerable<SectionFault> Validate(EvaluationSection section)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < section.Judges.Count; i++)
        {
            var (path, judge) = ($"evaluation.judges[{i}]", section.Judges[i]);
            if (string.IsNullOrWhiteSpace(judge.Name)) yield return new($"{path}.name", "The judge has no name.");
            else if (!names.Add(judge.Name)) yield return new($"{path}.name", $"Another judge is named {judge.Name} already.");

            foreach (var suite in judge.Suites.Where(name => !section.Suites.Any(suite => suite.Name == name && suite.Role == SuiteRole.Preference)))
            {
                yield return new($"{path}.suites", $"There is no preference suite {suite}: a judge compares answers of suites with role: preference.");
            }

            foreach (var fault in Amounts(path, judge)) yield return fault;
            foreach (var fault in judge.AsksAModel ? Asking(path, judge) : NotAsking(path, judge)) yield return fault;
            foreach (var fault in JudgeKindRules.Validate(path, judge, section)) yield return fault;
            foreach (var fault in QualificationSectionRules.Validate(path, judge)) yield return fault;
        }

        foreach (var suite in section.Suites.Where(suite => section.Judges.Count(judge => judge.DecidesSuite(suite)) > 1))
        {
            yield return new("evaluation.judges", $"More than one judge decides suite {suite.Name}: give each its suites, or let one panel decide.");
        }
    }

    private static IEnumerable<SectionFault> Amounts(string path, JudgeSection judge)
    {
        if (judge.Concurrency is < 1 or > MostConcurrency) yield return new($"{path}.concurrency", $"{judge.Concurrency} calls at once cannot be made: give 1 to {MostConcurrency}.");
        if (!(judge.TimeLimitMinutes is > 0 and <= 1440)) yield return new($"{path}.time_limit_minutes", $"{Text(judge.TimeLimitMinutes)} min is no time for a run's judging: give more than 0 and at most 1440.");
        if (judge.StopWhenDecided is { } level && !(level is > 0 and <= 0.2)) yield return new($"{path}.stop_when_decided", $"{Text(level)} is no level to stop at: give more than 0 and at most 0.2, such as 0.01, or leave it out.");
    }

    private static IEnumerable<SectionFault> Asking(string path, JudgeSection judge)
    {
        foreach (var (key, sentence) in EndpointRules.Faults(judge.Endpoint)) yield return new($"{path}.{key}", sentence);
        if (string.IsNullOrWhiteSpace(judge.Rubric) || judge.Rubric.Length > LongestRubric) yield return new($"{path}.rubric", $"Say in 1 to {LongestRubric} characters what makes an answer better.");
        if (!(judge.Temperature is >= 0 and <= 2)) yield return new($"{path}.temperature", $"{Text(judge.Temperature)} is no temperature of a judge: give 0 to 2.");
        if (judge.MaxTokens is < 16 or > MostTokens) yield return new($"{path}.max_tokens", $"{judge.MaxTokens} tokens are no judgment: give 16 to {MostTokens}.");
        if (judge.RequestsPerMinute is < 2) yield return new($"{path}.requests_per_minute", "Give at least 2, or leave it out.");
        if (judge.TokensPerMinute is < 2) yield return new($"{path}.tokens_per_minute", "Give at least 2, or leave it out.");
        if (!(judge.TimeoutSeconds is > 0 and <= 3600)) yield return new($"{path}.timeout_seconds", $"{Text(judge.TimeoutSeconds)} s is no time for an answer: give more than 0 and at most 3600.");
        if (judge.Budget is { Tokens: null, Money: null }) yield return new($"{path}.budget", "No budget is named: give budget: { tokens: 500000 }, or money and a price. A judge never spends without a limit.");
        if (judge.Budget.Tokens is < 1) yield return new($"{path}.budget.tokens", "Give at least 1 token.");
        if (judge.Budget.Money is <= 0) yield return new($"{path}.budget.money", "Give more than 0.");
        if (judge.Budget.Money is not null && judge.Price is null) yield return new($"{path}.price", "A budget of money needs a price: give price: { input: …, output: … } for a million tokens.");
        if (judge.Price is { Input: < 0 } or { Output: < 0 }) yield return new($"{path}.price", "A price is not negative.");
    }

    private static IEnumerable<SectionFault> NotAsking(string path, JudgeSection judge)
    {
        (string Key, bool Given)[] given = [("url", judge.Url is not null), ("model", judge.Model.Length > 0), ("key", judge.Key is not null), ("entra", judge.Entra), ("budget", judge.Budget != new JudgeBudgetSection())];
        foreach (var (key, _) in given.Where(one => one.Given)) yield return new($"{path}.{key}", "A judge of this kind asks no language model itself: leave it out.");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
