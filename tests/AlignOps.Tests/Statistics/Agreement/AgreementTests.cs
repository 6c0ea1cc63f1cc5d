using System.Text.Json;
using AlignOps.Statistics.Agreement;
using AlignOps.Statistics.Intervals;
using AlignOps.Tests.Statistics.Golden;

namespace AlignOps.Tests.Statistics.Agreement;

public sealed class AgreementTests
{
    private static readonly Scale[] Scales = [Scale.Nominal, Scale.Ordinal, Scale.Interval];

    [Fact]
    public void Coefficients_OfPublishedAndDrawnRatings_AreThePeers()
    {
        foreach (var golden in StatisticsGolden.Section("agreement").EnumerateArray())
        {
            var ratings = Read(golden);
            for (var s = 0; s < Scales.Length; s++)
            {
                Same(golden.Rows("kappa")[s], CohenKappa.Of(ratings, 0, 1, Scales[s])!);
                var gwet = GwetCoefficient.Of(ratings, Scales[s])!;
                Same(golden.Rows("gwet")[s], gwet);
                StatisticsGolden.Close(golden.Rows("gwet")[s][2], gwet.Lower);
                StatisticsGolden.Close(golden.Rows("gwet")[s][3], gwet.Upper);
                StatisticsGolden.Close(golden.Numbers("alpha")[s], KrippendorffAlpha.Of(ratings, Scales[s], draws: 20, seed: 1)!.Value);
            }
        }
    }

    [Fact]
    public void Between_TwoRaters_HoldsTheSameCoefficientsAndWidensWithLessData()
    {
        var golden = StatisticsGolden.Section("agreement")[1];
        var ratings = Read(golden);

        var report = AgreementReport.Between(ratings, 0, 1, draws: 500, seed: 3);

        var kappa = CohenKappa.Of(ratings, 0, 1)!;
        Assert.Equal(kappa.Value, report.Kappa!.Value, 12);
        Assert.InRange(report.Kappa.StandardError / kappa.StandardError, 0.8, 1.25);
        Assert.InRange(report.Kappa.Value, report.Kappa.Lower, report.Kappa.Upper);
        Assert.Equal(golden.Rows("kappa")[2][0], report.WeightedKappa!.Value, 9);
        Assert.Equal(report, AgreementReport.Between(ratings, 0, 1, draws: 500, seed: 3));

        // The same units told three times over as if they were three times as many, and told as what they are: one source each.
        var tripled = Enumerable.Range(0, 3 * ratings.Count).Select(i => (IReadOnlyList<int?>)Units(golden)[i % ratings.Count]).ToList();
        var naive = AgreementReport.Between(new Ratings(tripled, 4), 0, 1, draws: 500, seed: 3);
        var honest = AgreementReport.Between(new Ratings(tripled, 4, [.. Enumerable.Range(0, tripled.Count).Select(i => i % ratings.Count)]), 0, 1, draws: 500, seed: 3);
        Assert.InRange(naive.Kappa!.StandardError / report.Kappa.StandardError, 0.45, 0.7);
        Assert.Equal(report.Kappa.StandardError, honest.Kappa!.StandardError, 9);
    }

    [Fact]
    public void Between_OneCategoryPrevails_KappaCollapsesAndGwetDoesNot()
    {
        // 94 of 100 agreed on the same category, the rest crossed: people would call this agreement.
        var units = Enumerable.Range(0, 100).Select(i => (IReadOnlyList<int?>)(i < 94 ? [0, 0] : i % 2 == 0 ? [0, 1] : [1, 0])).ToList();
        var report = AgreementReport.Between(new Ratings(units, 2), 0, 1, draws: 200, seed: 1);
        Assert.True(report.Kappa!.Value < 0);
        Assert.True(report.Ac1!.Value > 0.9);
        Assert.Equal(0.94, report.Percent!.Value, 12);
    }

    [Fact]
    public void Between_WhereNothingCanBeSaid_SaysNothing()
    {
        var silent = AgreementReport.Between(new Ratings([[0, null], [null, 1]], 2), 0, 1, draws: 20, seed: 1);
        Assert.Equal(new AgreementReport(0, null, null, null, null, null), silent);

        var constant = AgreementReport.Between(new Ratings([[1, 1], [1, 1]], 2), 0, 1, draws: 20, seed: 1);
        Assert.Null(constant.Kappa);
        Assert.Null(constant.Alpha);
        Assert.Equal(1, constant.Percent!.Value);
        Assert.Throws<ArgumentException>(() => new Ratings([[2, 0]], 2));
    }

    [Fact]
    public void Coefficients_OfPerfectAgreement_AreOne_AndOfIndependentRaters_AreNearZero()
    {
        var random = new Random(5);
        var same = new Ratings([.. Enumerable.Range(0, 50).Select(_ => random.Next(3)).Select(c => (IReadOnlyList<int?>)[c, c, c])], 3);
        Assert.Equal(1, CohenKappa.Of(same, 0, 2)!.Value, 12);
        Assert.Equal(1, GwetCoefficient.Of(same)!.Value, 12);
        Assert.Equal(1, KrippendorffAlpha.Of(same, Scale.Ordinal, 20, 1)!.Value, 12);

        var apart = new Ratings([.. Enumerable.Range(0, 4000).Select(_ => (IReadOnlyList<int?>)[random.Next(3), random.Next(3)])], 3);
        Assert.InRange(CohenKappa.Of(apart, 0, 1)!.Value, -0.05, 0.05);
        Assert.InRange(GwetCoefficient.Of(apart)!.Value, -0.05, 0.05);
        Assert.InRange(KrippendorffAlpha.Of(apart, Scale.Interval, 20, 1)!.Value, -0.05, 0.05);
    }

    private static Ratings Read(JsonElement golden) => new(Units(golden), golden.GetProperty("categories").GetInt32());

    private static List<IReadOnlyList<int?>> Units(JsonElement golden) =>
        [.. golden.GetProperty("units").EnumerateArray().Select(unit => (IReadOnlyList<int?>)[.. unit.EnumerateArray().Select(c => c.ValueKind == JsonValueKind.Null ? (int?)null : c.GetInt32())])];

    private static void Same(double[] golden, Estimate found)
    {
        StatisticsGolden.Close(golden[0], found.Value);
        StatisticsGolden.Close(golden[1], found.StandardError);
    }
}
