using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AlignOps.Promotion.Webhooks;

/// <summary>HMAC-SHA256 over id, time and body, as the Standard Webhooks specification 1.0 has it.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    /// <returns>The value of the header <c>webhook-signature</c>.</returns>
    public static string Sign(string secret, string id, DateTimeOffset at, string body)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key(secret), Encoding.UTF8.GetBytes(content)));
    }

    /// <summary>A secret of that specification is base64 behind its prefix; any other text is taken as it is.</summary>
    private static byte[] Key(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(secret);
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) ? key[..length] : Encoding.UTF8.GetBytes(secret);
    }
}
