using System.Runtime.CompilerServices;

namespace AlignOps.Benchmarks;

/// <summary>The checkout this program was built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Locate();

    private static string Locate([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
