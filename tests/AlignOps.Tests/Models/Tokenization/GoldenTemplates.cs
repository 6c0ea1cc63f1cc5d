using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using AlignOps.Data;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Models.Tokenization;

/// <summary>Chat templates, conversations, and what transformers wrote of them (Golden/make_templates.py).</summary>
internal static class GoldenTemplates
{
    private static readonly Lazy<JsonObject> File = new(Read);

    public static IReadOnlyList<string> Names => [.. File.Value["templates"]!.AsArray().Select(t => t!["name"]!.GetValue<string>())];

    public static ChatMessage[][] Chats => [.. File.Value["chats"]!.AsArray().Select(c => Messages(c!))];

    public static IReadOnlyList<JsonNode> Pieces => [.. File.Value["pieces"]!.AsArray().Select(p => p!)];

    public static TimeProvider Clock => new FixedClock(DateTimeOffset.Parse(File.Value["now"]!.GetValue<string>() + "Z", CultureInfo.InvariantCulture));

    public static JsonNode Template(string name) => File.Value["templates"]!.AsArray().Single(t => t!["name"]!.GetValue<string>() == name)!;

    /// <summary>The family's tokenizer with the template, loaded from files as a checkpoint is.</summary>
    public static BpeTokenizer Load(string name)
    {
        JsonNode template = Template(name);
        return GoldenFamilies.Load(
            template["family"]!.GetValue<string>(), template: template["jinja"]!.GetValue<string>(), config: template["special"]!.DeepClone().AsObject(), clock: Clock);
    }

    private static ChatMessage[] Messages(JsonNode chat) =>
        [.. chat.AsArray().Select(m => new ChatMessage(m!["role"]!.GetValue<string>(), m["content"]!.GetValue<string>()))];

    private static JsonObject Read()
    {
        using Stream packed = typeof(GoldenTemplates).Assembly.GetManifestResourceStream("chat-templates.json.gz")!;
        using var plain = new GZipStream(packed, CompressionMode.Decompress);
        return JsonNode.Parse(plain)!.AsObject();
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
