using AlignOps.Data.Feedback;
using AlignOps.Platform.Definitions;

namespace AlignOps.Intake.Datasets;

internal sealed class MixSectionRules : IPipelineSection<MixSection>
{
    public string Key => "mix";

    public IEnumerable<SectionFault> Validate(MixSection section)
    {
        foreach (var (key, share) in new[] { ("held_out_share", section.HeldOutShare), ("replay_share", section.ReplayShare), ("synthetic_share", section.SyntheticShare) })
        {
            if (share is not (>= 0 and < 1))
            {
                yield return new SectionFault($"mix.{key}", $"mix.{key} is {share}; a share is at least 0 and below 1.");
            }
        }

        if (section.ReplayShare + section.SyntheticShare >= 1)
        {
            yield return new SectionFault("mix.synthetic_share", "mix.synthetic_share and mix.replay_share together are 1 or more, which leaves no room for new feedback; lower one of them.");
        }

        foreach (var kind in section.Kinds.Where(kind => FeedbackKinds.Find(kind) is null))
        {
            yield return new SectionFault("mix.kinds", $"mix.kinds has \"{kind}\"; the kinds are {string.Join(", ", FeedbackKinds.Names)}.");
        }

        if (section.Kinds.Contains(FeedbackKind.Task.Name()))
        {
            yield return new SectionFault("mix.kinds", "mix.kinds has \"task\"; a task is a prompt without an answer, and no method learns from it.");
        }

        if (section.Kinds.Count == 0)
        {
            yield return new SectionFault("mix.kinds", "mix.kinds is empty; name at least one kind of feedback that the method trains on.");
        }
    }
}
