using System.Globalization;
using System.Text.Json;

namespace AlignOps.Evaluation.Benchmarks.Formats;

/// <summary>
/// Items of the per-sample files that lm-evaluation-harness writes with --log_samples: the very prompts and continuations that it asked, few-shot examples and all. Rolling
/// likelihoods are not read: their files hold no more than the text, which the format text has.
/// </summary>
internal static class HarnessSamples
{
    public static BenchmarkItem? Read(ItemFields row, ItemPlace place)
    {
        if (!row.Has("doc_id") || row.Element("arguments") is not { } arguments || row.Element("target") is not { } target || Requests(arguments) is not { Count: > 0 } requests) return null;

        var context = requests[0].Context;
        if (requests is [{ Continuation.ValueKind: JsonValueKind.Object }])
        {
            return context.Length > 0 && Text(target) is { } answer ? new ExactItem(place.Id, place.Slice, place.Cluster, context, [answer]) : null;
        }

        // A task with mutual information asks each choice without its context too.
        string[] choices = [.. requests.Where(request => request.Context == context && request.Continuation.ValueKind == JsonValueKind.String).Select(request => request.Continuation.GetString()!.TrimStart(' '))];
        return choices.Length > 1 && Gold(target, choices) is { } gold ? new ChoiceItem(place.Id, place.Slice, place.Cluster, context, choices, [gold]) : null;
    }

    /// <summary>{"gen_args_0": {"arg_0": context, "arg_1": continuation or settings}, …}, or in older files [[context, continuation], …].</summary>
    private static List<(string Context, JsonElement Continuation)>? Requests(JsonElement arguments)
    {
        List<(string, JsonElement)> requests = [];
        foreach (var pair in arguments.ValueKind switch
        {
            JsonValueKind.Object => arguments.EnumerateObject().Select(one => one.Value).Select(one => (Field(one, "arg_0"), Field(one, "arg_1"))),
            JsonValueKind.Array => arguments.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Array && one.GetArrayLength() == 2 ? (one[0], one[1]) : default),
            _ => [],
        })
        {
            if (pair.Item1.ValueKind != JsonValueKind.String || pair.Item2.ValueKind is not (JsonValueKind.String or JsonValueKind.Object)) return null;
            requests.Add((pair.Item1.GetString()!, pair.Item2));
        }

        return requests;
    }

    private static JsonElement Field(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) ? found : default;

    private static string? Text(JsonElement target) => target.ValueKind switch
    {
        JsonValueKind.String => target.GetString(),
        JsonValueKind.Number => target.GetRawText(),
        _ => null,
    };

    private static int? Gold(JsonElement target, string[] choices)
    {
        var text = Text(target)?.Trim();
        var place = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < choices.Length ? number : Array.IndexOf(choices, text);
        return place >= 0 ? place : null;
    }
}
