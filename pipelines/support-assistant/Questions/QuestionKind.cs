namespace AlignOps.Examples.SupportAssistant.Questions;

/// <summary>What a question asks for, and so which behaviours its answer can show.</summary>
internal enum QuestionKind
{
    Fact,
    FactOnOneLine,
    FactAsList,
    FactAsJson,

    /// <summary>Outside the knowledge base.</summary>
    Unknown,

    Harmful,
}
