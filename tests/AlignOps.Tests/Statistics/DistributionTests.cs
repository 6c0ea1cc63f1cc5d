using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;
using AlignOps.Tests.Statistics.Golden;

namespace AlignOps.Tests.Statistics;

public sealed class DistributionTests
{
    [Fact]
    public void Quantiles_OfStudentAndBeta_AreSciPys()
    {
        var golden = StatisticsGolden.Section("distributions");
        foreach (var row in golden.Rows("student"))
        {
            StatisticsGolden.Close(row[2], StudentDistribution.Quantile(row[0], row[1]));
            StatisticsGolden.Close(row[0], StudentDistribution.Cumulative(row[2], row[1]));
        }

        foreach (var row in golden.Rows("beta"))
        {
            StatisticsGolden.Close(row[3], BetaDistribution.Quantile(row[0], row[1], row[2]));
        }
    }

    [Fact]
    public void ClopperPearson_KnownCounts_IsStatsmodelss()
    {
        foreach (var row in StatisticsGolden.Section("distributions").Rows("clopperPearson"))
        {
            var interval = ClopperPearsonInterval.Of((int)row[0], (int)row[1], row[2]);
            StatisticsGolden.Close(row[3], interval.Lower);
            StatisticsGolden.Close(row[4], interval.Upper);
        }
    }
}
