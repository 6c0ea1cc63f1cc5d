using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AlignOps.Serving.Chat.Requests;

namespace AlignOps.Serving.Routing;

/// <summary>
/// Who gets the canary: a hash of deployment and person, even in [0, 1), compared with the share. It needs no memory, so every replica agrees and a restart changes
/// nothing; a share that grows takes nobody out; another deployment draws other people.
/// </summary>
internal static class StickyShare
{
    /// <summary>In [0, 1).</summary>
    public static double Of(string deploymentId, string cluster) =>
        (BinaryPrimitives.ReadUInt64BigEndian(Hash($"{deploymentId}\n{cluster}")) >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// Who asks, as a hash: <c>user</c> where the caller names them, else the conversation, by its beginning, which stays as it grows.
    /// </summary>
    public static string Cluster(ChatRequest request, string caller)
    {
        if (request.User is { Length: > 0 } user)
        {
            return Name($"user\n{caller}\n{user}");
        }

        var beginning = request.Messages.TakeWhile(message => message.Role != "assistant").Select(message => $"{message.Role}\n{message.Content}");
        return Name($"conversation\n{caller}\n{string.Join('\n', beginning)}");
    }

    private static string Name(string text) => Convert.ToHexStringLower(Hash(text).AsSpan(0, 16));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
