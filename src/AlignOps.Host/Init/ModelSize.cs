using System.Text.Json;

namespace AlignOps.Host.Init;

/// <summary>What a base's config.json says of its size, as far as a first recipe depends on it.</summary>
/// <param name="Width">hidden_size.</param>
/// <param name="Positions">max_position_embeddings.</param>
internal sealed record ModelSize(int Width, int Positions)
{
    /// <summary>The example's.</summary>
    public static readonly ModelSize Example = new(128, 512);

    /// <summary>Adapters of narrow models learn at rates that would ruin wide ones.</summary>
    public bool IsTiny => Width <= 512;

    /// <summary>Null where the file is no config of a language model.</summary>
    public static ModelSize? Read(string directory)
    {
        try
        {
            using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, "config.json")));
            return config.RootElement.TryGetProperty("hidden_size", out var width) && width.TryGetInt32(out var wide) && wide > 0
                && config.RootElement.TryGetProperty("max_position_embeddings", out var positions) && positions.TryGetInt32(out var most) && most > 0
                ? new ModelSize(wide, most)
                : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
