namespace AlignOps.Evaluation.People.Http;

/// <param name="Items">Pairs to be labelled; 40 where it is missing.</param>
/// <param name="PeopleEach">People a pair; 1 where it is missing.</param>
/// <param name="Days">7 where it is missing.</param>
public sealed record RoundRequest(int? Items, int? PeopleEach, double? Days);
