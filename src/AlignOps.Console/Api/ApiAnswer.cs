using System.Text.Json;

namespace AlignOps.WebConsole.Api;

/// <summary>What the API said.</summary>
/// <param name="Sentence">Why it refused; empty when it did not.</param>
/// <param name="Body">Undefined where there was none.</param>
internal sealed record ApiAnswer(bool Good, int Status, string Sentence, JsonElement Body)
{
    public T? Read<T>() where T : class => Good && Body.ValueKind == JsonValueKind.Object ? Body.Deserialize<T>(JsonSerializerOptions.Web) : null;
}
