using System.Globalization;
using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary>Judges and examinations as tables.</summary>
internal static class JudgeView
{
    /// <param name="judges">What <c>GET /v1/pipelines/{p}/judges</c> answers.</param>
    public static void PrintList(JsonElement judges)
    {
        if (judges.GetArrayLength() == 0)
        {
            Output.Line("The definition names no judge in evaluation.judges: its verifiers and held-out feedback decide, and need no examination.");
            return;
        }

        Output.Table(judges.EnumerateArray(),
            ("judge", judge => judge.Text("judge")),
            ("model", judge => judge.Text("model")),
            ("digest", judge => judge.Text("digest")[..8]),
            ("decides", judge => judge.Text("decides") == "true" ? string.Join(", ", judge.Items("suites").Select(suite => suite.GetString())) : "no"),
            ("standing", judge => judge.Text("standing")),
            ("examined", judge => judge.TryGetProperty("certificate", out var certificate) ? When(certificate.GetProperty("at")) : "never"),
            ("kappa", judge => judge.TryGetProperty("certificate", out var certificate) ? Figure(certificate.Items("measurements").First(one => one.Text("measure") == "kappa")) : ""),
            ("last asked again", judge => judge.Items("runs").FirstOrDefault(run => run.TryGetProperty("pValue", out _)) is { ValueKind: JsonValueKind.Object } run ? $"{When(run.GetProperty("at"))} {run.Text("standing")}" : "never"));
        foreach (var judge in judges.EnumerateArray()) Output.Line(judge.Text("sentence"));
    }

    /// <param name="examination">What <c>GET /v1/examinations/{id}</c> answers.</param>
    public static void Print(JsonElement examination)
    {
        Output.Line($"Examination {examination.Text("examinationId")} of judge {examination.Text("judge")} ({examination.Text("judgeDigest")[..8]}) on {examination.Text("pairs")} labelled pairs ({examination.Text("labelsDigest")[..8]}): {examination.Text("state")}.");
        if (examination.TryGetProperty("certificate", out var certificate))
        {
            Output.Table(certificate.Items("measurements"),
                ("measure", one => one.Text("measure")),
                ("value and 95 % interval", Figure),
                ("n", one => one.Text("count")),
                ("limit", one => examination.Items("findings").Any(finding => finding.Text("measure") == one.Text("measure")) ? "broken" : ""));
            PrintLanguages(certificate);
            Output.Table(certificate.Items("people"),
                ("person", one => (int.Parse(one.Text("person"), CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)),
                ("kappa with the judge", one => Kappa(one, "withJudge")),
                ("kappa with the other people", one => Kappa(one, "withOthers")));
            Output.Table(certificate.Items("attacks"),
                ("attack", one => one.Text("attack")), ("tried", one => one.Text("tried")), ("succeeded", one => one.Text("succeeded")), ("unscored", one => one.Text("unscored")));
        }

        Output.Line(examination.Text("code").Length > 0 ? $"{examination.Text("reason")} [{examination.Text("code")}]" : examination.Text("reason"));
    }

    /// <summary>Nothing where the labelled set has one language.</summary>
    private static void PrintLanguages(JsonElement certificate)
    {
        if (!certificate.TryGetProperty("languages", out var languages) || languages.GetArrayLength() == 0) return;
        Output.Table(languages.EnumerateArray(),
            ("language", one => one.Text("language")),
            ("pairs", one => one.Text("pairs")),
            ("kappa with people", one => Measured(one, "kappa")),
            ("alike in both orders", one => Measured(one, "position-consistency")),
            ("unscored", one => Measured(one, "unscored")));
    }

    private static string Measured(JsonElement language, string measure) => Figure(language.Items("measurements").First(one => one.Text("measure") == measure));

    private static string Kappa(JsonElement person, string with) =>
        person.TryGetProperty(with, out var report) && report.TryGetProperty("kappa", out var kappa) ? Figure(kappa) : "not measured";

    private static string Figure(JsonElement one) => one.TryGetProperty("notMeasured", out var why)
        ? $"not measured: {why.GetString()}"
        : string.Create(CultureInfo.InvariantCulture, $"{one.GetProperty("value").GetDouble():0.000} [{one.GetProperty("lower").GetDouble():0.000}, {one.GetProperty("upper").GetDouble():0.000}]");

    private static string When(JsonElement at) => DateTimeOffset.FromUnixTimeMilliseconds(at.GetInt64()).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
