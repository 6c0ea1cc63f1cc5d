using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Evaluation.Judging.Llm.Protocols;
using AlignOps.Platform.Definitions;

namespace AlignOps.Evaluation.Definition;

/// <summary>What belongs to a kind of judge, and what does not.</summary>
internal static partial class JudgeKindRules
{
    private const int MostSamples = 64, MostParts = 32, LongestPart = 2048;

    private static readonly JudgeKind[]
        ShownReferences = [JudgeKind.Pairwise, JudgeKind.Single, JudgeKind.MultiTurn, JudgeKind.Form, JudgeKind.Skills, JudgeKind.Dimensions, JudgeKind.Evidence],
        Scoring = [JudgeKind.Single, JudgeKind.MultiTurn, JudgeKind.Form, JudgeKind.Skills, JudgeKind.Evidence, JudgeKind.RewardModel];

    public static IEnumerable<SectionFault> Validate(string path, JudgeSection judge, EvaluationSection section) =>
        [.. Common(path, judge), .. Misplaced(path, judge), .. Own(path, judge, section)];

    private static IEnumerable<SectionFault> Common(string path, JudgeSection judge)
    {
        if (judge.Reference && !ShownReferences.Contains(judge.Kind)) yield return new($"{path}.reference", "A judge of this kind is shown no reference answers: leave it out.");
        if (!(judge.TieWithin is >= 0 and < 1000)) yield return new($"{path}.tie_within", "Give the distance of scores that is still a tie, 0 or more.");
        else if (judge.TieWithin > 0 && !Scoring.Contains(judge.Kind)) yield return new($"{path}.tie_within", "A judge of this kind compares no scores: leave it out.");
    }

    /// <summary>Options of another kind would be read by nobody.</summary>
    private static IEnumerable<SectionFault> Misplaced(string path, JudgeSection judge)
    {
        (string Key, JudgeKind Of, bool Given)[] options =
        [
            ("multi_turn", JudgeKind.MultiTurn, judge.MultiTurn is not null), ("form", JudgeKind.Form, judge.Form is not null), ("skills", JudgeKind.Skills, judge.Skills is not null),
            ("dimensions", JudgeKind.Dimensions, judge.Dimensions.Count > 0), ("principles", JudgeKind.Principles, judge.Principles.Count > 0), ("evidence", JudgeKind.Evidence, judge.Evidence is not null),
            ("panel", JudgeKind.Panel, judge.Panel is not null), ("reward_model", JudgeKind.RewardModel, judge.RewardModel is not null), ("verifier", JudgeKind.Verifier, judge.Verifier is not null),
        ];
        return options.Where(option => option.Given && option.Of != judge.Kind).Select(option => new SectionFault($"{path}.{option.Key}", $"These are options of kind {Key(option.Of)}; the judge's kind is {Key(judge.Kind)}."));
    }

    private static IEnumerable<SectionFault> Own(string path, JudgeSection judge, EvaluationSection section) => judge.Kind switch
    {
        JudgeKind.Form => Form($"{path}.form", judge.Form ?? new(), judge.Temperature),
        JudgeKind.Skills => (judge.Skills?.Names ?? []).Where(name => !SkillCatalogue.All.ContainsKey(SkillCatalogue.Spelled(name)))
            .Select(name => new SectionFault($"{path}.skills.names", $"There is no skill {name}; there are {string.Join(", ", SkillCatalogue.All.Keys)}.")),
        JudgeKind.Dimensions => Dimensions($"{path}.dimensions", judge.Dimensions),
        JudgeKind.Principles => Texts($"{path}.principles", judge.Principles),
        JudgeKind.Evidence => Samples($"{path}.evidence.samples", (judge.Evidence ?? new()).Samples, least: 1, judge.Temperature),
        JudgeKind.Panel => Panel($"{path}.panel", judge, section),
        JudgeKind.RewardModel => Needed(path, ("reward_model.base", judge.RewardModel?.Base, "Name the folder of the base model."), ("reward_model.adapter", judge.RewardModel?.Adapter, "Name the folder of the adapter with the head, as training with method reward writes it.")),
        JudgeKind.Verifier => Needed(path, ("verifier", judge.Verifier, "Name the verifier whose score decides.")),
        _ => [],
    };

    private static IEnumerable<SectionFault> Form(string path, JudgeFormSection form, double temperature)
    {
        if (form.Lowest is < 0 or > 9 || form.Highest is < 0 or > 9 || form.Lowest >= form.Highest) yield return new($"{path}.highest", "A score is one digit, so that its probability can be read: give lowest and highest from 0 to 9, lowest first.");
        if (form.Steps.Count == 0) yield return new($"{path}.steps", "Write down at least one step.");
        foreach (var fault in Texts($"{path}.steps", form.Steps).Concat(Samples($"{path}.samples", form.Samples, least: 0, temperature))) yield return fault;
    }

    private static IEnumerable<SectionFault> Samples(string path, int samples, int least, double temperature)
    {
        if (samples < least || samples > MostSamples) yield return new(path, string.Create(CultureInfo.InvariantCulture, $"{samples} samples cannot be drawn: give {least} to {MostSamples}."));
        else if (samples > 1 && temperature <= 0) yield return new(path, "Several samples at temperature 0 are one sample: give the judge a temperature, such as 1.");
    }

    private static IEnumerable<SectionFault> Dimensions(string path, IReadOnlyList<JudgeDimensionSection> dimensions)
    {
        foreach (var fault in Texts(path, [.. dimensions.Select(dimension => dimension.Asks)])) yield return fault;
        foreach (var dimension in dimensions.Where(dimension => !Word().IsMatch(dimension.Name))) yield return new(path, $"\"{dimension.Name}\" is no name of a dimension: one word of lower-case letters, digits and _.");
        if (dimensions.Select(dimension => dimension.Name).Distinct(StringComparer.Ordinal).Count() < dimensions.Count) yield return new(path, "Two dimensions have one name.");
    }

    internal static IEnumerable<SectionFault> Texts(string path, IReadOnlyList<string> texts)
    {
        if (texts.Count > MostParts) yield return new(path, $"{texts.Count} are too many: at most {MostParts}.");
        for (var i = 0; i < texts.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(texts[i]) || texts[i].Length > LongestPart) yield return new($"{path}[{i}]", $"Say it in 1 to {LongestPart} characters.");
        }
    }

    private static IEnumerable<SectionFault> Panel(string path, JudgeSection judge, EvaluationSection section)
    {
        var members = (judge.Panel ?? new()).Members;
        if (members.Distinct(StringComparer.Ordinal).Count() is < 2 or > MostParts || members.Distinct(StringComparer.Ordinal).Count() < members.Count) yield return new($"{path}.members", $"Name 2 to {MostParts} different judges of evaluation.judges.");
        foreach (var member in members)
        {
            if (section.Judges.FirstOrDefault(other => other.Name == member) is not { } found) yield return new($"{path}.members", $"There is no judge {member} in evaluation.judges.");
            else if (found.Kind == JudgeKind.Panel) yield return new($"{path}.members", $"{member} is a panel itself: name its members.");
        }

        // The same judge under several names would agree with itself.
        foreach (var same in section.Judges.Where(other => members.Contains(other.Name) && other.AsksAModel).GroupBy(LlmJudge.DigestOf, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return new($"{path}.members", $"{string.Join(" and ", same.Select(other => other.Name))} are one judge under several names: everything that decides about their verdicts is equal.");
        }
    }

    private static IEnumerable<SectionFault> Needed(string path, params (string Key, string? Value, string Sentence)[] keys) =>
        keys.Where(key => string.IsNullOrWhiteSpace(key.Value)).Select(key => new SectionFault($"{path}.{key.Key}", key.Sentence));

    private static string Key(JudgeKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$")]
    private static partial Regex Word();
}
