using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>Let people compare some of a run's pairs of answers, the judge's most uncertain ones first. Handled by Evaluation, which answers with <see cref="PeopleAnswered"/>.</summary>
/// <param name="Items">Pairs that are to be labelled.</param>
/// <param name="PeopleEach">By so many people each.</param>
/// <param name="Days">Until then; whatever there is by then comes back.</param>
[HandledBy("evaluation")]
[EntityName("alignops.ask-people")]
[MessageUrn("alignops:ask-people")]
public sealed record AskPeople(string RunId, string Pipeline, string DefinitionDigest, string EvidenceDigest, int Items, int PeopleEach, double Days);
