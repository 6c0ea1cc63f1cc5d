using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Models.Tokenization;

namespace AlignOps.Host.Commands;

/// <summary>A row of <c>alignops tokenize</c> to its JSON line; a row that cannot be followed to its reason.</summary>
internal sealed class TokenizeRows(BpeTokenizer tokenizer, TokenizeWish wanted)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="isText">The row is the text itself, whatever it looks like.</param>
    public (string Json, bool Done) Line(string row, int line, bool isText)
    {
        try
        {
            return (JsonSerializer.Serialize(wanted.Decode ? Decode(row) : wanted.Chat ? Chat(row, isText) : Encode(row, isText), Readable), true);
        }
        catch (ChatTemplateException refusal)
        {
            return (Refused(line, refusal.Fault), false);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            string form = wanted.Decode ? "{\"ids\": [1, 2]}, [1, 2] or 1 2" : wanted.Chat ? "{\"messages\": [{\"role\": …, \"content\": …}]}" : "{\"text\": …} or a text";
            return (Refused(line, new TokenizationFault("row-form", $"The row should be {form}.")), false);
        }
    }

    private Dictionary<string, object> Encode(string row, bool isText)
    {
        string text = row;
        if (!isText && row.StartsWith('{'))
        {
            using JsonDocument document = JsonDocument.Parse(row);
            text = document.RootElement.GetProperty("text").GetString() ?? throw new FormatException();
        }

        int[] ids = (wanted.Special, wanted.Wrap) switch
        {
            (true, var wrapped) => tokenizer.EncodeTrusted(text, wrapped),
            (false, true) => tokenizer.EncodeDocument(text),
            (false, false) => tokenizer.Encode(text),
        };
        return Tokens(ids, text);
    }

    private Dictionary<string, object> Chat(string row, bool isText)
    {
        ChatMessage[] messages = isText ? [new ChatMessage("user", row)] : Messages(row);
        if (messages is not [.., { Role: "assistant" }])
        {
            return Tokens(tokenizer.EncodePrompt(messages), tokenizer.Render(messages, addGenerationPrompt: true));
        }

        ConversationTokens whole = tokenizer.EncodeConversation(messages);
        Dictionary<string, object> line = whole.Fault is { } fault ? throw new ChatTemplateException(fault) : Tokens(whole.Tokens, tokenizer.Render(messages, addGenerationPrompt: false));
        line["trained"] = whole.Trained.Select(trained => trained ? 1 : 0);
        return line;
    }

    private Dictionary<string, object> Decode(string row)
    {
        int[] ids = row.TrimStart() is ['{' or '[', ..] ? Ids(row) : [.. row.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        return Tokens(ids, wanted.Special ? tokenizer.DecodeAll(ids) : tokenizer.Decode(ids));
    }

    private Dictionary<string, object> Tokens(int[] ids, string text) => new() { ["ids"] = ids, ["tokens"] = ids.Select(id => tokenizer.Spelling(id) ?? ""), ["text"] = text };

    private static int[] Ids(string row)
    {
        using JsonDocument document = JsonDocument.Parse(row);
        JsonElement ids = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement : document.RootElement.GetProperty("ids");
        return [.. ids.EnumerateArray().Select(id => id.GetInt32())];
    }

    private static ChatMessage[] Messages(string row)
    {
        using JsonDocument document = JsonDocument.Parse(row);
        return [.. document.RootElement.GetProperty("messages").EnumerateArray().Select(m => new ChatMessage(
            m.GetProperty("role").GetString() ?? throw new FormatException(), m.GetProperty("content").GetString() ?? throw new FormatException()))];
    }

    private static string Refused(int line, TokenizationFault fault) =>
        JsonSerializer.Serialize(new Dictionary<string, object> { ["line"] = line, ["code"] = fault.Code, ["reason"] = fault.Sentence }, Readable);
}
