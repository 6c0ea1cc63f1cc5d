using AlignOps.Data;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Qualification;
using AlignOps.Evaluation.Qualification.Certificates;

namespace AlignOps.Tests.Evaluation.Qualification;

public sealed class LanguageMeasurementTests
{
    private const string English = "The order was sent on Monday and should be with you by the end of the week.";
    private const string German = "Die Bestellung wurde am Montag verschickt und sollte bis zum Ende der Woche bei Ihnen sein.";

    [Fact]
    public void Of_AJudgeThatGuessesInOneLanguage_ShowsItThere()
    {
        // As people in English; always the first in German.
        var examination = new Examination([.. Pairs("en", English, 60, right: true), .. Pairs("de", German, 40, right: false), .. Pairs("x", "42", 3, right: true)], null);
        var found = LanguageMeasurements.Of(examination, null, 7);
        Assert.Equal([("en", 60), ("de", 40), (LanguageMeasurements.Unknown, 3)], found.Select(one => (one.Language, one.Pairs)));
        Assert.Equal(1, Value(found[0], Measure.Kappa));
        Assert.Equal(1, Value(found[0], Measure.PositionConsistency));
        Assert.True(Value(found[1], Measure.Kappa) < 0.1);
        Assert.Equal(0, Value(found[1], Measure.PositionConsistency));
        Assert.All(found[2].Measurements, one => Assert.NotNull(one.NotMeasured));
    }

    [Fact]
    public void Of_OneLanguage_IsTheWholeReport()
    {
        Assert.Empty(LanguageMeasurements.Of(new Examination([.. Pairs("en", English, 30, right: true)], null), null, 7));
    }

    [Fact]
    public void Certificate_OfSeveralLanguages_KeepsEach()
    {
        var examination = new Examination([.. Pairs("en", English, 60, right: true), .. Pairs("de", German, 40, right: false)], null);
        var report = Qualifying.Judge("house", "d", "l", examination, new QualificationLimits(), null, 7);
        var kept = CertificateJson.Read(CertificateJson.Write(new Certificate("e", "p", 100, report, [], [], 0, 0)));
        Assert.Equal(["en", "de"], kept.Report.Languages.Select(one => one.Language));
        Assert.Equal(1, Value(kept.Report.Languages[0], Measure.Kappa));
    }

    private static double? Value(LanguageMeasurements language, Measure measure) => language.Measurements.Single(one => one.Measure == measure).Value;

    private static IEnumerable<ExaminedPair> Pairs(string name, string text, int count, bool right) => Enumerable.Range(0, count).Select(i =>
    {
        var people = i % 2 == 0 ? Preference.First : Preference.Second;
        var pair = new LabelledPair($"{name}{i}", null, [new ChatMessage("user", text)], text, text, [people, people, people]);
        var ahead = right ? people : Preference.First;
        var behind = right ? ExaminedPair.Swapped(people)!.Value : Preference.First;
        return new ExaminedPair(pair, [JudgeVerdict.Of(ahead)], [JudgeVerdict.Of(behind)]);
    });
}
