namespace AlignOps.Evaluation.People.Http;

/// <summary>A pair of the queue as ops engineers see it.</summary>
public sealed record LabelLine(string ItemId, string RunId, string Suite, string QuestionId, int Place, string State, double Uncertainty, bool Inconsistent, int Wanted, int Answered, int Skipped);
