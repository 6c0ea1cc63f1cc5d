using AlignOps.Platform.Definitions;
using static AlignOps.Training.Definitions.SectionChecks;

namespace AlignOps.Training.Definitions;

/// <summary>Checks the options of the methods that learn from words about answers, from edits and from marked stretches.</summary>
internal static class FeedbackChecks
{
    private static readonly string[] Forms = [CohSection.Good, "n", "pn", "np"];

    public static IEnumerable<SectionFault> Of(TrainingSection section) =>
    [
        .. Coh(section.Coh),
        .. Classes(section.CRlft.Classes),
        .. Within("cut.threshold", section.Cut.Threshold, value => value > 0 && double.IsFinite(value), "above 0, such as 1.2"),
        .. NotNegative("cut.unlikelihood_weight", section.Cut.UnlikelihoodWeight, "0.5"),
        .. Within("cut.positive_score", section.Cut.PositiveScore, double.IsFinite, "a finite score, such as 7"),
        .. Marker("cut.judgment_marker", section.Cut.JudgmentMarker),
        .. Marker("selfee.feedback_marker", section.Selfee.FeedbackMarker),
        .. Marker("selfee.revision_marker", section.Selfee.RevisionMarker),
        .. Marker("second_thoughts.draft_marker", section.SecondThoughts.DraftMarker),
        .. Marker("second_thoughts.edits_marker", section.SecondThoughts.EditsMarker),
        .. Marker("second_thoughts.target_marker", section.SecondThoughts.TargetMarker),
        .. NotNegative("edits.kept_weight", section.Edits.KeptWeight, "1"),
        .. NotNegative("edits.removed_weight", section.Edits.RemovedWeight, "0"),
        .. Within("edits.changed_weight", section.Edits.ChangedWeight, value => value > 0 && double.IsFinite(value), "above 0, such as 2"),
        .. NotNegative("fine_grained.bad_weight", section.FineGrained.BadWeight, "1"),
        .. NotNegative("fine_grained.unmarked_weight", section.FineGrained.UnmarkedWeight, "0"),
    ];

    private static IEnumerable<SectionFault> Coh(CohSection section) =>
    [
        .. section.Forms.Count == 0 ? [Fault("coh.forms", $"is empty; name one of {string.Join(", ", Forms)}.")] : Array.Empty<SectionFault>(),
        .. section.Forms.SelectMany(form => OneOf("coh.forms", form, Forms)),
        .. section.PositiveMarker.Length == 0 && section.Forms.Contains("np")
            ? [Fault("coh.positive_marker", "is empty, which leaves form np nothing to ask its second answer with; leave np out of training.coh.forms, or name a marker.")]
            : Array.Empty<SectionFault>(),
        .. Marker("coh.negative_marker", section.NegativeMarker),
        .. section.PositiveMarker == section.NegativeMarker ? [Fault("coh.positive_marker", "is the negative marker too; good and bad answers could not be told apart.")] : Array.Empty<SectionFault>(),
    ];

    private static IEnumerable<SectionFault> Classes(IReadOnlyList<ConditionClass>? classes) => classes switch
    {
        null => [],
        [] => [Fault("c_rlft.classes", "is empty; name a class with its condition and weight, or leave the key out.")],
        _ => classes.SelectMany((one, i) => NotNegative($"c_rlft.classes[{i}].weight", one.Weight, "1")),
    };

    private static IEnumerable<SectionFault> Marker(string key, string marker) =>
        string.IsNullOrWhiteSpace(marker) ? [Fault(key, "is empty; it must be a text that answers do not hold, such as a heading.")] : [];
}
