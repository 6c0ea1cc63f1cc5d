using System.Diagnostics;
using System.Globalization;

namespace AlignOps.Benchmarks.Proofs.Memory;

/// <summary>One case of the forecast in a fresh process: this program again, told by an environment variable which.</summary>
internal static class MemoryChild
{
    private const string Variable = "ALIGNOPS_MEMORY_CASE";
    private const string Mark = "resident growth in MiB: ";

    /// <summary>Runs the case that this process was started for; false where it was started for none.</summary>
    public static bool Answer()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is not [var folder, var name])
        {
            return false;
        }

        Console.WriteLine(Mark + ForecastTruth.Growth(folder, name).ToString(CultureInfo.InvariantCulture));
        return true;
    }

    public static async Task<double> MeasureAsync(string folder, string name, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["prove", "memory"]) { RedirectStandardOutput = true };
        start.Environment[Variable] = $"{folder}|{name}";
        using Process child = Process.Start(start)!;
        string output = await child.StandardOutput.ReadToEndAsync(cancellationToken);
        await child.WaitForExitAsync(cancellationToken);
        string line = output.Split('\n').First(text => text.StartsWith(Mark, StringComparison.Ordinal));
        return double.Parse(line[Mark.Length..], CultureInfo.InvariantCulture);
    }
}
