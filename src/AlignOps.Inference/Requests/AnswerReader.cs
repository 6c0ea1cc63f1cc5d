using System.Text.Json;

namespace AlignOps.Inference.Requests;

/// <summary>Reads a chat completion strictly: what is not one is malformed, with the reason, and never an empty answer.</summary>
internal static class AnswerReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static (ChatAnswer? Answer, string? Fault) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return (null, body.IsEmpty ? "the response is empty" : "the response is not JSON");
        }
        catch (InvalidOperationException)
        {
            return (null, "the response has text that is not Unicode");
        }
    }

    private static (ChatAnswer? Answer, string? Fault) Read(JsonElement root)
    {
        if (Member(root, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() != 1) return (null, "the response does not have one choice");
        if (Member(choices[0], "message") is not { ValueKind: JsonValueKind.Object } message) return (null, "the choice has no message");

        var finish = Text(Member(choices[0], "finish_reason"));
        var (content, refusal) = (Text(Member(message, "content")), Text(Member(message, "refusal")));
        if (finish == "content_filter") refusal ??= "the provider's content filter stopped the answer";
        if (content is null && string.IsNullOrEmpty(refusal) && Member(message, "content") is not { ValueKind: JsonValueKind.Null }) return (null, "the message has no text");

        var usage = Member(root, "usage");
        return (new ChatAnswer(content ?? "", string.IsNullOrEmpty(refusal) ? null : refusal, finish == "length", Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"), Tokens(choices[0])), null);
    }

    /// <summary>Null unless every token has its log-probabilities: half of them would be read as whole.</summary>
    private static IReadOnlyList<AnswerToken>? Tokens(JsonElement choice)
    {
        if (Member(Member(choice, "logprobs"), "content") is not { ValueKind: JsonValueKind.Array } content) return null;
        List<AnswerToken> tokens = [];
        foreach (var token in content.EnumerateArray())
        {
            if (Text(Member(token, "token")) is not { } text || Member(token, "top_logprobs") is not { ValueKind: JsonValueKind.Array } top) return null;
            var likeliest = top.EnumerateArray().Select(one => (Text: Text(Member(one, "token")), Log: LogProbability(one))).ToList();
            if (likeliest.Any(one => one.Text is null || one.Log is null)) return null;
            tokens.Add(new AnswerToken(text, [.. likeliest.Select(one => new TokenProbability(one.Text!, one.Log!.Value))]));
        }

        return tokens;
    }

    /// <summary>Rounding may put a certain token's a hair above 0; anything more is no log-probability.</summary>
    private static double? LogProbability(JsonElement token) =>
        Member(token, "logprob") is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && value <= 1e-3 && double.IsFinite(value) ? Math.Min(0, value) : null;

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int? Count(JsonElement? usage, string name) => Member(usage, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var count) && count >= 0 ? count : null;
}
