using System.Security.Cryptography;
using System.Text;

namespace AlignOps.Platform.Messaging;

internal static class MessageId
{
    /// <summary>The same type and key always make the same id, so that a message sent again is a duplicate.</summary>
    public static string For(string entity, string key) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{entity}\n{key}")).AsSpan(0, 16), bigEndian: true).ToString();
}
