using System.Globalization;
using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.Intervals;
using AlignOps.Statistics.League;
using AlignOps.Statistics.Style;

namespace AlignOps.Evaluation.Style;

/// <summary>Holds length and style equal in a run's comparisons with the champion.</summary>
internal static class StyleReader
{
    private const int Draws = 500;
    private const long Seed = 1;
    private const int Fewest = 10;
    private const string Candidate = "candidate";
    private const string Champion = "champion";

    /// <returns>Null where too few pairs of answers were judged.</returns>
    public static StyleReport? Of(EvidenceFile file)
    {
        var items = file.Items.Where(item => item.VersusChampion?.Outcome is not null && item.Suite != EvidenceSuite.HeldOutFeedback).ToList();
        if (items.Count < Fewest) return null;

        var places = items.Select(item => item.Unit).Distinct(StringComparer.Ordinal).Select((unit, i) => (unit, i)).ToDictionary(pair => pair.unit, pair => pair.i, StringComparer.Ordinal);
        var length = LengthControl.Of(
            new LengthCompared(
                Candidate, [.. items.Select(item => item.VersusChampion!.Outcome!.Value)], [.. items.Select(item => (double)item.Champion.Text.Length - item.Candidate.Text.Length)],
                [.. items.Select(item => places[item.Unit])]),
            Draws, Seed);
        var style = StyleControl.Of(
            [.. items.Select(item => new StyledGame(
                new Game(Candidate, Champion, item.VersusChampion!.Outcome!.Value, places[item.Unit]), TextStyle.Compare(TextStyle.Of(item.Candidate.Text), TextStyle.Of(item.Champion.Text))))],
            TextStyle.Features, Champion, Draws, Seed);
        var alike = Rate(style.Strengths[Candidate]);
        return new StyleReport(
            file.Header.RunId, items.Count, Rounded(length.Raw), Rounded(length.Controlled), Rounded(length.Length), Rounded(alike),
            style.Coefficients.ToDictionary(feature => feature.Key, feature => Rounded(feature.Value)),
            Math.Round(items.Average(item => item.Candidate.Text.Length), 1), Math.Round(items.Average(item => item.Champion.Text.Length), 1),
            Sentence(length, alike));
    }

    private static string Sentence(LengthControl length, Estimate alike)
    {
        var figures = string.Create(CultureInfo.InvariantCulture,
            $"Win rate {length.Raw.Value:0.###}; {length.Controlled.Value:0.###} ({length.Controlled.Lower:0.###} to {length.Controlled.Upper:0.###}) were the answers equally long, {alike.Value:0.###} ({alike.Lower:0.###} to {alike.Upper:0.###}) were they alike in style.");
        return length.Raw.Lower > 0.5 && length.Controlled.Lower <= 0.5 ? figures + " At equal length nothing proves the candidate better." : figures;
    }

    private static Estimate Rate(Estimate strength)
    {
        var value = Sigmoid(strength.Value);
        return new Estimate(value, strength.StandardError * value * (1 - value), Sigmoid(strength.Lower), Sigmoid(strength.Upper));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static Estimate Rounded(Estimate one) => new(Math.Round(one.Value, 6), Math.Round(one.StandardError, 6), Math.Round(one.Lower, 6), Math.Round(one.Upper, 6));
}
