using System.Security.Cryptography;
using System.Text;
using AlignOps.Contracts;

namespace AlignOps.Serving.Chat.Sessions;

/// <summary>OpenAI's <c>system_fingerprint</c>: while it stays the same, so does the answer to one seed.</summary>
internal static class SystemFingerprint
{
    public static string Of(ModelRef model) =>
        "fp_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model.Checkpoint}/{model.Adapter}")))[..12];
}
