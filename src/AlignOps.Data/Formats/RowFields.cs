using System.Globalization;
using System.Text.Json;
using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>
/// A row's fields by name, read with the types a format asks for. The first fault sticks and every later read answers with an empty
/// value, so that a reader says what it needs and does not branch on errors.
/// </summary>
internal sealed class RowFields(JsonElement row)
{
    private static readonly ChatMessage Nothing = new("user", "");

    public RowFault? Fault { get; private set; }

    /// <summary>The key is there, even with null.</summary>
    public bool Has(string name) => row.TryGetProperty(name, out _);

    /// <summary>The key is there and its value is not null.</summary>
    public bool HasValue(string name) => Value(name) is not null;

    public IEnumerable<string> Names() => row.EnumerateObject().Select(property => property.Name);

    public bool StartsWith(string name, string prefix) =>
        Value(name) is { ValueKind: JsonValueKind.String } value && value.GetString()!.StartsWith(prefix, StringComparison.Ordinal);

    public bool IsList(string name) => Value(name) is { ValueKind: JsonValueKind.Array };

    /// <summary>An answer's text; without it the row teaches nothing.</summary>
    public string Answer(string name) => Text(name, RowReasons.NoAnswer);

    /// <summary>An answer as a text, or as a list of one assistant's message.</summary>
    public string AnswerTurn(string name)
    {
        if (!IsList(name))
        {
            return Answer(name);
        }

        if (Messages(name, RowReasons.NoAnswer) is [{ Role: "assistant" } answer])
        {
            return answer.Content;
        }

        Fail(RowReasons.SeveralTurns, $"{name} must be a text or one assistant's message.");
        return "";
    }

    public string Text(string name, string missing = RowReasons.MissingField) =>
        Required(name, missing) is { } value ? TextOf(value, name) : "";

    public string? OptionalText(string name) => Value(name) is { } value ? TextOf(value, name) : null;

    public bool Flag(string name)
    {
        if (Required(name, RowReasons.MissingField) is not { } value)
        {
            return false;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fail(RowReasons.WrongType, $"{name} is {Describe(value)}; it must be true or false.");
        return false;
    }

    public bool? OptionalFlag(string name) => HasValue(name) ? Flag(name) : null;

    public double? OptionalNumber(string name) => Value(name) is { } value ? NumberOf(value, name) : null;

    /// <summary>Numbers by name in one object; null where there is none.</summary>
    public IReadOnlyDictionary<string, double>? OptionalNumbers(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return value.EnumerateObject().ToDictionary(property => property.Name, property => NumberOf(property.Value, $"{name}.{property.Name}"), StringComparer.Ordinal);
        }

        Fail(RowReasons.WrongType, $"{name} is {Describe(value)}; it must be an object of numbers.");
        return null;
    }

    /// <summary>The object of that name to be read by the same rules; null where there is none.</summary>
    public RowFields? Object(string name)
    {
        if (Value(name) is { ValueKind: JsonValueKind.Object } value)
        {
            return new RowFields(value);
        }

        Fail(RowReasons.MissingField, $"{name} must be an object.");
        return null;
    }

    public bool IsObject(string name) => Value(name) is { ValueKind: JsonValueKind.Object };

    public bool IsText(string name) => Value(name) is { ValueKind: JsonValueKind.String };

    public bool IsNumber(string name) => Value(name) is { ValueKind: JsonValueKind.Number };

    public bool IsFlag(string name) => Value(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False };

    /// <summary>A number, or a text that is one; null for other texts, such as <c>N/A</c>, and where there is none.</summary>
    public double? RatedNumber(string name) => Value(name) switch
    {
        { ValueKind: JsonValueKind.Number } number => NumberOf(number, name),
        { ValueKind: JsonValueKind.String } text when double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>Passes an object's fault on, saying where it stands.</summary>
    public void FailAs(RowFields inner, string path) =>
        Fault ??= inner.Fault is { } fault ? fault with { Sentence = $"In {path}: {fault.Sentence}" } : null;

    public IReadOnlyList<string> Texts(string name, string missing) =>
        Items(name, missing).Select((item, i) => TextOf(item, $"{name}[{i}]")).ToArray();

    public IReadOnlyList<string> Answers(string name) =>
        Items(name, RowReasons.NoAnswer).Select((item, i) => TextOf(item, $"{name}[{i}]")).ToArray();

    public IReadOnlyList<double> Numbers(string name) =>
        Items(name, RowReasons.MissingField).Select((item, i) => NumberOf(item, $"{name}[{i}]")).ToArray();

    /// <summary>A prompt as a text, as an HH-RLHF transcript, or as a list of messages.</summary>
    public IReadOnlyList<ChatMessage> Conversation(string name)
    {
        if (Required(name, RowReasons.EmptyPrompt) is not { } value)
        {
            return [Nothing];
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return Messages(name);
        }

        var text = TextOf(value, name);
        return Transcript.IsTranscript(text) ? Transcript.Read(text) : [new ChatMessage("user", text)];
    }

    public ChatMessage[] Messages(string name, string missing = RowReasons.EmptyPrompt) =>
        Items(name, missing).Select((item, i) => MessageOf(item, $"{name}[{i}]")).ToArray();

    /// <summary>The objects of a list, each to be read by the same rules.</summary>
    public IReadOnlyList<T> Objects<T>(string name, string missing, Func<RowFields, T> read) =>
        Items(name, missing).Select((item, i) =>
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                Fail(RowReasons.WrongType, $"{name}[{i}] is {Describe(item)}; it must be an object.");
                return default!;
            }

            var fields = new RowFields(item);
            var result = read(fields);
            Fault ??= fields.Fault is { } fault ? fault with { Sentence = $"In {name}[{i}]: {fault.Sentence}" } : null;
            return result;
        }).ToArray();

    public void Fail(string reason, string sentence) => Fault ??= RowFault.Rejected(reason, sentence);

    private JsonElement? Value(string name) => row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private JsonElement? Required(string name, string missing)
    {
        if (Value(name) is { } value)
        {
            return value;
        }

        Fail(missing, $"{name} is {(Has(name) ? "null" : "missing")}.");
        return null;
    }

    private JsonElement[] Items(string name, string missing)
    {
        if (Required(name, missing) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return [.. value.EnumerateArray()];
        }

        Fail(RowReasons.WrongType, $"{name} is {Describe(value)}; it must be a list.");
        return [];
    }

    private string TextOf(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString()!;
        }

        Fail(RowReasons.WrongType, $"{path} is {Describe(value)}; it must be a text.");
        return "";
    }

    private double NumberOf(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
        {
            if (!double.IsFinite(number))
            {
                Fail(RowReasons.ScoreNotFinite, $"{path} is too large for a number.");
            }

            return number;
        }

        // What other writers make of a NaN: null, or its name as a text.
        if (value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.GetString() is "NaN" or "Infinity" or "-Infinity"))
        {
            Fail(RowReasons.ScoreNotFinite, $"{path} is {value.GetRawText()}; it must be a finite number.");
            return 0;
        }

        Fail(RowReasons.WrongType, $"{path} is {Describe(value)}; it must be a number.");
        return 0;
    }

    private ChatMessage MessageOf(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fail(RowReasons.WrongType, $"{path} is {Describe(value)}; it must be a message with role and content.");
            return Nothing;
        }

        var fields = new RowFields(value);
        var role = fields.Text("role");
        var content = fields.IsList("content") ? string.Concat(fields.Objects("content", RowReasons.MissingField, TextPart)) : fields.OptionalText("content") ?? "";
        Fault ??= fields.Fault is { } fault ? fault with { Sentence = $"In {path}: {fault.Sentence}" } : null;
        switch (role)
        {
            case "system" or "user" or "assistant":
                return new ChatMessage(role, content);
            case "developer":
                return new ChatMessage("system", content);
            default:
                Fail(RowReasons.UnknownRole, $"The role of {path} is \"{Shorten(role)}\"; it must be system, user or assistant.");
                return Nothing;
        }
    }

    private static string TextPart(RowFields part)
    {
        if (part.OptionalText("type") is { } type && type != "text")
        {
            part.Fail(RowReasons.WrongType, $"A part of type \"{Shorten(type)}\" is not taken; only text is.");
        }

        return part.Text("text");
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => value.ValueKind == JsonValueKind.True ? "true" : "false",
    };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
