using System.Globalization;

namespace AlignOps.Training.Runs;

/// <summary>What this process may still take, of the machine or of the container it runs in.</summary>
internal static class ProcessMemory
{
    private const string Machine = "/proc/meminfo";
    private const string Free = "MemAvailable:";

    /// <summary>Bytes; null where the memory in question is a device's, which this process cannot see.</summary>
    /// <param name="engine">The engine's name.</param>
    public static long? Available(string engine)
    {
        if (engine.EndsWith("cuda", StringComparison.Ordinal))
        {
            return null;
        }

        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        string? line = File.Exists(Machine) ? File.ReadLines(Machine).FirstOrDefault(l => l.StartsWith(Free, StringComparison.Ordinal)) : null;
        return line is not null && long.TryParse(line[Free.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out long kilobytes)
            ? Math.Min(limit, kilobytes * 1024)
            : limit;
    }
}
