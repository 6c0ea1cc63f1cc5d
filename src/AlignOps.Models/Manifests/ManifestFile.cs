using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Manifests;

/// <summary>Reads and writes <c>alignops.json</c>.</summary>
public static class ManifestFile
{
    public const string Name = "alignops.json";

    /// <summary>The reason code where the file is there and cannot be understood.</summary>
    public const string Unreadable = "manifest-unreadable";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string directory, ModelManifest manifest)
    {
        string path = Path.Combine(directory, Name), partial = path + ".partial";
        File.WriteAllText(partial, JsonSerializer.Serialize(manifest, Format) + "\n");
        File.Move(partial, path, overwrite: true);
    }

    /// <returns>Null where the directory has none. Keys of later versions are let be.</returns>
    /// <exception cref="ModelFormatException">It is no manifest.</exception>
    public static ModelManifest? Read(string directory)
    {
        string path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ModelManifest>(File.ReadAllText(path), Format) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new ModelFormatException($"{path}: not a manifest: {fault.Message}", fault) { Reason = Unreadable };
        }
    }

    /// <summary><c>sha256:</c> and the hash of a file's bytes.</summary>
    public static string DigestOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
