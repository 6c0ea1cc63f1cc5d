using AlignOps.Statistics.Intervals;

namespace AlignOps.Evaluation.People.Reports;

/// <summary>What people say of a run's answers beside what its judge says.</summary>
/// <param name="State"><c>none</c>, <c>open</c> or <c>closed</c>.</param>
/// <param name="ForGate">The gate waits, or waited, for it.</param>
/// <param name="Items">Pairs of the queue by state.</param>
/// <param name="Raw">The judge's win rate over the pairs that people could compare; null without evidence.</param>
/// <param name="Corrected">The win rate as people would find it, with 95 %; null below two sources with a label. It holds for one look, so one that goes on being looked at while people answer is a preview.</param>
/// <param name="People">From the labels alone.</param>
/// <param name="Bias">The judge's win rate minus the people's.</param>
/// <param name="Disagree">The bias is proven, at 95 %.</param>
/// <param name="BetweenPeople">Krippendorff's alpha of the people among each other; null where no pair has two answers.</param>
/// <param name="SamePeople">Share of the pairs with two answers or more on which all say the same.</param>
/// <param name="JudgeAgrees">Share of the labelled pairs on which the judge says what most people say.</param>
/// <param name="Levels">How good people found the answers by themselves: whose → level → how often.</param>
/// <param name="Sentence">All of it for people.</param>
public sealed record PeopleReport(
    string RunId,
    string Pipeline,
    string State,
    bool ForGate,
    int Wanted,
    int PeopleEach,
    long? ClosesAt,
    IReadOnlyDictionary<string, int> Items,
    int Persons,
    int Labels,
    double? Raw,
    Estimate? Corrected,
    Estimate? People,
    Estimate? Bias,
    double? Weight,
    bool Disagree,
    Estimate? BetweenPeople,
    double? SamePeople,
    double? JudgeAgrees,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Levels,
    double? MedianSeconds,
    string Sentence);
