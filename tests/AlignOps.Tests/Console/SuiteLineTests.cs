using AlignOps.Contracts.Evidence;
using AlignOps.WebConsole.Reading;

namespace AlignOps.Tests.WebConsole;

public sealed class SuiteLineTests
{
    [Fact]
    public void Of_Evidence_CountsEachSuiteByItself()
    {
        var file = Samples.Evidence(200);
        var halved = file.Items[0].Candidate with { Score = 0.5 };
        file = file with { Items = [.. file.Items.Select((item, i) => item.Suite == "words" && i % 2 == 0 ? item with { Candidate = halved, Anchor = halved } : item)] };

        var lines = SuiteLine.Of(file);

        Assert.Equal([("manners", "open", SuiteRole.Preference), ("words", "open", SuiteRole.Regression)], lines.Select(line => (line.Name, line.Kind, line.Role)));
        var (manners, words) = (lines[0], lines[1]);
        var judged = file.Items.Where(item => item.Suite == "manners").ToList();
        Assert.Equal(judged.Where(item => item.VersusChampion!.Outcome is not null).Average(item => item.VersusChampion!.Outcome!.Value), manners.WinRate!.Value, 12);
        Assert.Equal(judged.Count(item => item.VersusChampion!.Outcome is null), manners.Unscored);
        Assert.Equal((null, 0.5, null, 1.0), (words.WinRate, words.Anchor, words.Baseline, words.Champion));
        Assert.InRange(words.Candidate!.Value, 0.6, 0.9);
    }
}
