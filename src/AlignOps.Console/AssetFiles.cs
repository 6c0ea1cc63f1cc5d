using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AlignOps.WebConsole;

/// <summary>The console's few files, out of the assembly. A link names the content, so a browser keeps it for good.</summary>
internal static class AssetFiles
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["console.css"] = "text/css; charset=utf-8",
        ["label.js"] = "text/javascript; charset=utf-8",
        ["console.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, (byte[] Bytes, string Tag)> Files = Types.Keys.ToDictionary(name => name, Load, StringComparer.Ordinal);

    public static string Href(string name) => $"/assets/{name}?v={Files[name].Tag}";

    public static IResult Serve(string name, HttpContext http)
    {
        if (!Files.TryGetValue(name, out var file))
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.Remove(HeaderNames.Pragma);
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(file.Bytes, Types[name], entityTag: new EntityTagHeaderValue($"\"{file.Tag}\""));
    }

    private static (byte[] Bytes, string Tag) Load(string name)
    {
        using var stream = typeof(AssetFiles).Assembly.GetManifestResourceStream($"assets/{name}") ?? throw new InvalidOperationException($"The asset {name} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
    }
}
