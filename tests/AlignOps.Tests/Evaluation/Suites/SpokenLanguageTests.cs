using AlignOps.Data;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Tests.Evaluation.Suites;

public sealed class SpokenLanguageTests
{
    [Fact]
    public void Of_QuestionsThatShowTheirLanguage_AreGivenItWhereItIsNoSlip()
    {
        SuiteItem[] items =
        [
            .. Enumerable.Range(0, 12).Select(i => Item($"d{i}", $"Wie viel ist das mit dem Plan {i} und was ist nicht dabei?")),
            .. Enumerable.Range(0, 3).Select(i => Item($"f{i}", $"Est-ce que le plan {i} est dans la liste des offres pour les salons ?")),
            Item("said", "Wie viel ist das mit dem Plan und was ist nicht dabei?") with { Language = "gsw" },
            Item("short", "42?"),
        ];

        var found = SpokenLanguage.Of(items);

        Assert.Equal(items.Select(item => item.Id), found.Select(item => item.Id));
        Assert.All(found.Take(12), item => Assert.Equal("de", item.Language));
        Assert.Equal([null, null, null, "gsw", null], found.Skip(12).Select(item => item.Language));
    }

    private static SuiteItem Item(string id, string question) => new(id, "all", null, [new ChatMessage("user", question)], null);
}
