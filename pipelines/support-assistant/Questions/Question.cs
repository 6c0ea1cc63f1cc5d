using AlignOps.Examples.SupportAssistant.Knowledge;

namespace AlignOps.Examples.SupportAssistant.Questions;

/// <summary>A customer's message.</summary>
/// <param name="Source">The topic's id or the harmful request: questions with the same source are not independent evidence.</param>
/// <param name="Topic">Null for harmful requests.</param>
internal sealed record Question(QuestionKind Kind, string Text, string Source, Topic? Topic)
{
    /// <summary>Whether a well-kept answer is prose, which has a tone.</summary>
    public bool AsksForProse => Kind is not (QuestionKind.FactAsList or QuestionKind.FactAsJson);
}
