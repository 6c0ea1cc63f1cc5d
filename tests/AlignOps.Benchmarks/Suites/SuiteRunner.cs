using System.Text.Json;

namespace AlignOps.Benchmarks.Suites;

/// <summary>Runs one suite, prints its figures, and writes them as <c>[{"name","value","unit"}]</c> where asked.</summary>
internal static class SuiteRunner
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(string name, Arguments arguments)
    {
        var figures = await SuiteCatalogue.Find(name).MeasureAsync(arguments, CancellationToken.None);
        foreach (var figure in figures)
        {
            Console.WriteLine($"{figure.Name,-48} {figure.Value,14:0.###} {figure.Unit}");
        }

        if (arguments.Json is { } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Format));
        }

        return 0;
    }
}
