using System.Globalization;
using AlignOps.Contracts.Evidence;

namespace AlignOps.Benchmarks.Proofs.Kinds;

/// <summary>What every judge reported, a line each and its silences below.</summary>
internal static class KindsTable
{
    public static void Print(IReadOnlyList<JudgeReport> reports)
    {
        Console.WriteLine($"  {"judge",-22}{"digest",-14}{"pairs",6}{"scored",8}{"win rate",10}{"inconsistent",14}{"calls",7}");
        foreach (var report in reports)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {report.Judge,-22}{report.JudgeDigest[..12],-14}{report.Comparisons,6}{report.Scored,8}{(report.WinRate is { } rate ? rate.ToString("0.000", CultureInfo.InvariantCulture) : "-"),10}{report.Inconsistent,14}{report.Calls.Values.Sum(),7}"));
            if (report.Unscored.Count > 0) Console.WriteLine($"  {"",-22}unscored: {string.Join(", ", report.Unscored.Select(reason => $"{reason.Value} {reason.Key}"))}");
        }
    }
}
