using AlignOps.Pipelines.Schedules;
using AlignOps.Platform.Definitions;

namespace AlignOps.Pipelines.Definitions;

/// <summary>A pipeline's folder as it stands now: sound and stored under its digest, or refused with its faults.</summary>
/// <param name="Digest">Tree digest of pipeline.yaml and suites; null while there are faults.</param>
/// <param name="Synthesizes">Whether its runs have a synthesis step.</param>
/// <param name="StartsFromBase"><c>training.start: base</c>: batch runs train from the checkpoint instead of the champion's adapter.</param>
internal sealed record LoadedDefinition(
    string Pipeline,
    string Description,
    string? Digest,
    bool Synthesizes,
    bool StartsFromBase,
    ScheduleSection Schedule,
    IReadOnlyList<SectionFault> Faults);
