namespace AlignOps.Evaluation.People.Queue;

/// <summary>Why a person's label, or a question for people, is not taken.</summary>
internal sealed record LabelRefusal(int Status, string Code, string Sentence);
