using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Checkpoints;

/// <summary>
/// Reads which layers see a window of positions only. Mistral's all do, unless <c>sliding_window</c> is null; Qwen's do from <c>max_window_layers</c> on where
/// <c>use_sliding_window</c> is true. A list of <c>layer_types</c> must say the same, or for Qwen a run of windowed layers at the end.
/// </summary>
internal static class WindowReader
{
    private const string Windowed = "sliding_attention";
    private const string Full = "full_attention";

    public static (int? Window, int FirstLayer) Read(JsonKeys keys, PolicyFamily family, int layers)
    {
        (int? window, int first) = family switch
        {
            PolicyFamily.Llama => (null, 0),
            PolicyFamily.Mistral => (Window(keys, otherwise: keys.Names("sliding_window") ? null : 4096), 0),
            _ => (keys.Flag("use_sliding_window", false) ? Window(keys, otherwise: keys.Names("sliding_window") ? null : 4096) : null,
                keys.TryGet("max_window_layers", out JsonElement most) ? keys.NonNegativeInt("max_window_layers", most) : 28),
        };
        if (keys.TryGet("layer_types", out _))
        {
            first = First(keys, layers, window, family, first);
        }

        // What never applies is left out, so that two ways to say the same read alike.
        return window is null || first >= layers ? (null, 0) : (window, first);
    }

    private static int? Window(JsonKeys keys, int? otherwise) => keys.TryGet("sliding_window", out _) ? keys.PositiveInt("sliding_window") : otherwise;

    private static int First(JsonKeys keys, int layers, int? window, PolicyFamily family, int otherwise)
    {
        string?[] types = [.. keys.Array("layer_types").Select(type => type.ValueKind == JsonValueKind.String ? type.GetString() : null)];
        if (types.Length != layers || types.Any(type => type is not (Windowed or Full)))
        {
            throw keys.Fault("layer_types", $"a list of {layers}, each {Full} or {Windowed}");
        }

        int first = Array.IndexOf(types, Windowed) is var found and >= 0 ? found : layers;
        if (types.Skip(first).Contains(Full))
        {
            throw new ModelFormatException($"{keys.File}: key layer_types: windowed layers before others cannot be run; they must stand together at the end.");
        }

        if (first < layers && window is null)
        {
            throw new ModelFormatException($"{keys.File}: key layer_types: names windowed layers, though no sliding_window is in use.");
        }

        bool free = family is PolicyFamily.Qwen2 or PolicyFamily.Qwen3;
        return free || window is null || first == otherwise
            ? first
            : throw new ModelFormatException($"{keys.File}: key layer_types: leaves layers without the window that sliding_window gives every layer.");
    }
}
