using AlignOps.Platform.Definitions;
using AlignOps.Training.Definitions.Methods;
using static AlignOps.Training.Definitions.SectionChecks;

namespace AlignOps.Training.Definitions;

/// <summary>What may be trained by hand and not in the loop, which deploys adapters and asks what it deployed as people asked.</summary>
internal static class LoopFaults
{
    public static IEnumerable<SectionFault> Of(TrainingSection section)
    {
        if (section.Adapter == TrainingSection.Full)
        {
            yield return Fault("adapter", "is 'full'; the loop deploys adapters alone. Set it to lora, or train every weight by hand with `alignops train --full`.");
        }

        if (RewardMethods.All.Any(m => m.Name == section.Method))
        {
            yield return Fault(
                "method", $"is '{section.Method}', which rates answers and gives none; the loop deploys what answers. Train it by hand with `alignops train --method {section.Method}`.");
        }

        switch (section.Method)
        {
            case "coh" when section.Coh.PositiveMarker.Length > 0:
                yield return Fault(
                    "coh.positive_marker",
                    $"is '{section.Coh.PositiveMarker}', which must end every question to the model, and the loop asks as people asked. Set it to \"\" and leave np out of training.coh.forms, or train by hand.");
                break;
            case "c-rlft" when section.CRlft.ClassesOrDefault.MaxBy(c => c.Weight) is { Condition.Length: > 0 } best:
                yield return Fault(
                    "c_rlft.classes",
                    $"condition the answers that weigh most on '{best.Condition}', and the loop asks without a condition. Leave that class's condition empty, or train by hand.");
                break;
            case "second-thoughts":
                yield return Fault("method", "is 'second-thoughts', whose model revises a draft, and the loop gives it none. Train it by hand with `alignops train --method second-thoughts`.");
                break;
        }
    }
}
