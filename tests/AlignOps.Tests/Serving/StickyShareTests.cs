using AlignOps.Data;
using AlignOps.Serving.Chat.Requests;
using AlignOps.Serving.Routing;

namespace AlignOps.Tests.Serving;

public sealed class StickyShareTests
{
    [Fact]
    public void Of_TheSamePerson_IsTheSameInEveryProcessAndPinned() => Assert.Equal(0.3606655049695734, StickyShare.Of("r-1", "mia"), 15);

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Of_ManyPeople_GivesTheShareItsPart(double share)
    {
        const int People = 20_000;
        var drawn = Enumerable.Range(0, People).Count(person => StickyShare.Of("r-1", $"person {person}") < share);
        Assert.InRange(drawn, People * share - 4 * Math.Sqrt(People * share * (1 - share)), People * share + 4 * Math.Sqrt(People * share * (1 - share)));
    }

    [Fact]
    public void Of_AnotherDeployment_DrawsOtherPeople()
    {
        var both = Enumerable.Range(0, 10_000).Count(person => StickyShare.Of("r-1", $"{person}") < 0.1 && StickyShare.Of("r-2", $"{person}") < 0.1);
        Assert.InRange(both, 50, 150);
    }

    [Fact]
    public void Cluster_IsTheUserOrElseTheConversationsBeginning()
    {
        ChatMessage hello = new("user", "Hello"), answer = new("assistant", "Hi."), more = new("user", "And then?");

        Assert.Equal(StickyShare.Cluster(Request("mia", hello), "key"), StickyShare.Cluster(Request("mia", more), "key"));
        Assert.NotEqual(StickyShare.Cluster(Request("mia", hello), "key"), StickyShare.Cluster(Request("tom", hello), "key"));
        Assert.NotEqual(StickyShare.Cluster(Request("mia", hello), "key"), StickyShare.Cluster(Request("mia", hello), "another key"));
        Assert.Equal(StickyShare.Cluster(Request(null, hello), "key"), StickyShare.Cluster(Request(null, hello, answer, more), "key"));
        Assert.NotEqual(StickyShare.Cluster(Request(null, hello), "key"), StickyShare.Cluster(Request(null, more), "key"));
        Assert.DoesNotContain("mia", StickyShare.Cluster(Request("mia", hello), "key"), StringComparison.Ordinal);
    }

    private static ChatRequest Request(string? user, params ChatMessage[] messages) => new("support", null, messages) { User = user };
}
