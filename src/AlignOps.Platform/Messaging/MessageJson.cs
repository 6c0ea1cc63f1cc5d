using System.Text.Json;

namespace AlignOps.Platform.Messaging;

/// <summary>How a message stands in the outbox.</summary>
internal static class MessageJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Write(object message) => JsonSerializer.Serialize(message, message.GetType(), Options);

    public static object Read(string body, Type type) =>
        JsonSerializer.Deserialize(body, type, Options) ?? throw new JsonException($"The body of a {type.Name} is null.");
}
