namespace AlignOps.Examples.SupportAssistant.Knowledge;

/// <summary>Something a customer can ask about: a fact of the knowledge base, or a matter that the knowledge base is silent on.</summary>
/// <param name="Id">Stable name, such as <c>solo-price</c>.</param>
/// <param name="Subject">How answers name it, such as <c>Solo price</c>.</param>
/// <param name="Plan">The plan it belongs to; null for facts of the whole product.</param>
/// <param name="Nouns">How questions name it, plan aside.</param>
/// <param name="Value">The true value; null where the honest answer is not to know.</param>
/// <param name="InventedValues">What a careless assistant makes up; never true of this topic nor of the same attribute on another plan.</param>
/// <param name="SiblingValues">What is true of the same attribute on other plans.</param>
internal sealed record Topic(
    string Id,
    string Subject,
    string? Plan,
    IReadOnlyList<string> Nouns,
    string? Value,
    IReadOnlyList<string> InventedValues,
    IReadOnlyList<string> SiblingValues)
{
    /// <summary>Every value that makes a well-formed sentence, true or not.</summary>
    public IEnumerable<string> SayableValues => (Value is null ? [] : (string[])[Value]).Concat(InventedValues).Concat(SiblingValues);
}
