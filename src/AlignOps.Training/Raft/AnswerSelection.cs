using AlignOps.Training.Definitions;
using AlignOps.Training.Examples;

namespace AlignOps.Training.Raft;

/// <summary>Which answers of a round are learned.</summary>
internal static class AnswerSelection
{
    /// <summary>The best answer to each prompt, or the best share of all; the earlier one of equals.</summary>
    public static IReadOnlyList<(SampledPrompt Prompt, SampledAnswer Answer)> Keep(IReadOnlyList<SampledPrompt> prompts, RaftSection section)
    {
        (SampledPrompt Prompt, SampledAnswer Answer)[] rated =
            [.. prompts.SelectMany(p => p.Answers.Select(a => (p, a))).Where(both => both.a.Reward is { } reward && (section.MinReward is null || reward >= section.MinReward))];
        return section.Keep == RaftSection.PerPrompt
            ? [.. rated.GroupBy(both => both.Prompt, ReferenceEqualityComparer.Instance).Select(group => group.MaxBy(both => both.Answer.Reward!.Value))]
            : [.. rated.OrderByDescending(both => both.Answer.Reward!.Value).Take((int)Math.Ceiling(section.Share * prompts.Sum(p => p.Answers.Count)))];
    }

    public static TrainingExample Example(SampledPrompt prompt, SampledAnswer answer, int number) =>
        new($"{prompt.RowId}/{number}", prompt.Prompt, [new TrainingCandidate(answer.Tokens, Score: null)]);
}
