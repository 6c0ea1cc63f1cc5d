using System.Globalization;

namespace AlignOps.WebConsole.Parts;

/// <summary>How times, figures and names read on a page.</summary>
internal static class Show
{
    public static string Clock(DateTimeOffset at, DateTimeOffset now) =>
        at.UtcDateTime.ToString(at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm:ss" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalMinutes: < 60 } gone => $"{(int)gone.TotalMinutes} min ago",
        { TotalHours: < 24 } gone => $"{(int)gone.TotalHours} h ago",
        var gone => $"{(int)gone.TotalDays} d ago",
    };

    public static string Span(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 1000 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalMilliseconds):0} ms"),
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min {span.Seconds:00} s",
        { TotalDays: < 1 } => $"{(int)span.TotalHours} h {span.Minutes:00} min",
        _ => $"{(int)span.TotalDays} d {span.Hours} h",
    };

    public static string Figure(double? value, string format = "0.###") => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "–";

    public static string Percent(double? share) => share is { } value ? (100 * value).ToString("0", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>e^log as people read it: 3.2, 150, 2 × 10^17.</summary>
    public static string Evidence(double? log) => log switch
    {
        null => "–",
        < 9.2 => Math.Exp(log.Value).ToString("0.##", CultureInfo.InvariantCulture),
        _ => "10^" + (log.Value / Math.Log(10)).ToString("0.0", CultureInfo.InvariantCulture),
    };

    public static string Short(string? digest) => digest is null ? "–" : digest.Length > 8 ? digest[..8] : digest;

    public static string Model(string checkpoint, string? adapter) => Short(adapter ?? checkpoint);

    /// <summary>A coordinate or size of a drawing.</summary>
    public static string Unit(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
