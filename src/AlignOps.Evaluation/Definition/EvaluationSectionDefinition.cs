using System.Globalization;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Suites;
using AlignOps.Platform.Definitions;

namespace AlignOps.Evaluation.Definition;

internal sealed class EvaluationSectionDefinition : IPipelineSection<EvaluationSection>
{
    private const int MostPairs = 10_000;

    public string Key => "evaluation";

    public IEnumerable<SectionFault> Validate(EvaluationSection section)
    {
        foreach (var fault in Drawing("evaluation", section.Temperature, section.MaxNewTokens)) yield return fault;
        if (!(section.TopP is > 0 and <= 1)) yield return new("evaluation.top_p", $"{Text(section.TopP)} is no share of probability: give a number above 0 and at most 1.");
        if (section.HeldOutPairs is < 0 or > MostPairs) yield return new("evaluation.held_out_pairs", $"{section.HeldOutPairs} pairs cannot be compared: give 0 (none) to {MostPairs}, such as 400.");
        if (section.HeldOutPairs == 0 && section.Suites.All(suite => suite.Role != SuiteRole.Preference))
        {
            yield return new("evaluation.suites", "No suite has role: preference, so nothing could show that a candidate is better. Add one, or set evaluation.held_out_pairs to let held-out feedback judge.");
        }

        foreach (var fault in SuiteSectionRules.Validate(section)) yield return fault;
        foreach (var fault in section.Baseline.Validate()) yield return fault;
        foreach (var fault in JudgeKindRules.Texts("evaluation.constitution", section.Constitution)) yield return fault;
        foreach (var fault in section.Code?.Validate() ?? []) yield return fault;
        foreach (var fault in JudgeSectionRules.Validate(section)) yield return fault;
    }

    public IEnumerable<SectionFault> ValidateFiles(EvaluationSection section, string directory) => SuiteFiles.Faults(section, directory);

    internal static bool LeavesFolder(string file) => Path.IsPathRooted(file) || file.Split('/', '\\').Contains("..");

    internal static IEnumerable<SectionFault> Drawing(string path, double temperature, int maxNewTokens)
    {
        if (!(temperature is >= 0 and <= 10)) yield return new($"{path}.temperature", $"{Text(temperature)} is no temperature: give 0 (greedy) to 10, such as 0.7.");
        if (maxNewTokens < 1) yield return new($"{path}.max_new_tokens", $"{maxNewTokens} leaves no room for an answer: give at least 1.");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
