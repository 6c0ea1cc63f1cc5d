using System.Text.Json;
using AlignOps.Rewards.Expectations.Schemas;

namespace AlignOps.Rewards.Expectations;

/// <summary><c>"schema": {…}</c>: the answer is one JSON value that this JSON Schema allows. A schema with a keyword that <see cref="SchemaCheck"/> does not know is no schema here.</summary>
internal sealed class JsonOfSchema : IExpectation
{
    public string Key => "schema";

    public bool? IsMet(JsonElement expected, string answer)
    {
        if (SchemaCheck.FaultOf(expected) is not null) return null;
        try
        {
            using var document = JsonDocument.Parse(answer, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return new SchemaCheck(expected).Allows(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
