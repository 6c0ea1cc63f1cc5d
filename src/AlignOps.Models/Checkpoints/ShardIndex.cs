using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Checkpoints;

/// <summary>model.safetensors.index.json: which file of the directory holds which tensor.</summary>
internal static class ShardIndex
{
    public const string FileName = "model.safetensors.index.json";

    public static IReadOnlyDictionary<string, string> Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        using JsonDocument document = JsonKeys.ParseFile(path);
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty entry in new JsonKeys(path, document.RootElement).Object("weight_map").Properties())
        {
            string? file = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : null;
            if (!IsPlainName(file))
            {
                throw new ModelFormatException(
                    $"{path}: key weight_map: tensor {entry.Name} should name a .safetensors file of this directory, but names {entry.Value.GetRawText()}.");
            }

            map.Add(entry.Name, file!);
        }

        return map;
    }

    public static void Write(string directory, IReadOnlyDictionary<string, string> map, long totalBytes) =>
        HuggingFaceJson.WriteFile(Path.Combine(directory, FileName), json =>
        {
            json.WriteStartObject("metadata");
            json.WriteNumber("total_size", totalBytes);
            json.WriteEndObject();
            json.WriteStartObject("weight_map");
            foreach ((string name, string file) in map.OrderBy(m => m.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, file);
            }

            json.WriteEndObject();
        });

    // Both separators on every system: an index must not reach outside its directory anywhere.
    private static bool IsPlainName(string? file) =>
        file is not null && file.EndsWith(".safetensors", StringComparison.Ordinal) && file.IndexOfAny(['/', '\\', ':', '\0']) < 0;
}
