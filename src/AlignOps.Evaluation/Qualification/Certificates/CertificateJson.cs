using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlignOps.Evaluation.Qualification.Certificates;

/// <summary>Certificates as blobs and as answers.</summary>
internal static class CertificateJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static string Write(Certificate certificate) => JsonSerializer.Serialize(certificate, Options);

    public static Certificate Read(string text) => JsonSerializer.Deserialize<Certificate>(text, Options) ?? throw new JsonException("The certificate is null.");
}
