using System.Globalization;
using System.Text.Json;

namespace AlignOps.Host.Cli;

/// <summary>Reads a server's answer without a type for each: what is absent prints as a dash.</summary>
internal static class JsonElementExtensions
{
    public static string Text(this JsonElement element, string name) => element.TextOr(name, "–");

    public static string TextOr(this JsonElement element, string name, string fallback) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Number => value.TryGetInt64(out var whole)
                    ? whole.ToString(CultureInfo.InvariantCulture)
                    : value.GetDouble().ToString("0.####", CultureInfo.InvariantCulture),
                JsonValueKind.Null or JsonValueKind.Undefined => fallback,
                _ => value.GetRawText(),
            }
            : fallback;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string? name = null)
    {
        var list = name is null ? element : element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var inner) ? inner : default;
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
    }

    public static string Moment(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.MomentOrNull() is { } moment
            ? moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : "–";

    /// <summary>Unix milliseconds or ISO 8601.</summary>
    private static DateTimeOffset? MomentOrNull(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
        JsonValueKind.String when value.TryGetDateTimeOffset(out var moment) => moment,
        _ => null,
    };
}
