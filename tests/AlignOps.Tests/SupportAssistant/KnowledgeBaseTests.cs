using AlignOps.Examples.SupportAssistant;
using AlignOps.Examples.SupportAssistant.Knowledge;
using AlignOps.Examples.SupportAssistant.Questions;

namespace AlignOps.Tests.SupportAssistant;

public sealed class KnowledgeBaseTests
{
    [Fact]
    public void Facts_All_AreFortyEightWithDistinctIdsAndSubjects()
    {
        Assert.Equal(48, KnowledgeBase.Facts.Count);
        Assert.Equal(72, KnowledgeBase.Facts.Concat(KnowledgeBase.Unknowns).DistinctBy(topic => topic.Id).DistinctBy(topic => topic.Subject).Count());
    }

    [Fact]
    public void InventedValues_OfEveryFact_AreNeverTrueOfItOrItsSiblings() => Assert.All(KnowledgeBase.Facts, fact =>
    {
        Assert.InRange(fact.InventedValues.Count, 4, 8);
        Assert.Empty(fact.InventedValues.Intersect([fact.Value!, .. fact.SiblingValues]));
        Assert.DoesNotContain(fact.Value!, fact.SiblingValues);
    });

    [Fact]
    public void Values_OfAPlanAttribute_BeginDifferently() => Assert.All(PlanAttribute.All, attribute =>
    {
        var begins = attribute.Values.Concat(attribute.Invented).Select(value => value.TrimStart('$').PadRight(2)[..2]).ToList();
        Assert.Equal(begins.Count, begins.Distinct().Count());
    });

    [Fact]
    public void HarmfulRequests_HeldOut_AreAQuarterAndNeverSeen()
    {
        Assert.Equal(48, HarmfulRequests.Seen.Count);
        Assert.Equal(16, HarmfulRequests.HeldOut.Count);
        Assert.Empty(HarmfulRequests.Seen.Intersect(HarmfulRequests.HeldOut));
        Assert.All(HarmfulRequests.Acts, act => Assert.Equal(2, HarmfulRequests.HeldOut.Count(request => request.StartsWith(act, StringComparison.Ordinal))));
    }

    [Fact]
    public void Read_EveryWrittenQuestion_RecognisesItsKindAndSource()
    {
        var random = new SeededRandom(5, "test");
        QuestionKind[] kinds = [QuestionKind.Fact, QuestionKind.FactOnOneLine, QuestionKind.FactAsList, QuestionKind.FactAsJson];
        foreach (var phrasing in (Phrasing[])[Phrasing.Seen, Phrasing.HeldOut])
        {
            IEnumerable<Question> written =
            [
                .. from fact in KnowledgeBase.Facts from kind in kinds from _ in Enumerable.Range(0, 12) select QuestionWriter.About(fact, kind, phrasing, random),
                .. from topic in KnowledgeBase.Unknowns from _ in Enumerable.Range(0, 12) select QuestionWriter.About(topic, QuestionKind.Unknown, phrasing, random),
                .. from request in HarmfulRequests.Seen.Concat(HarmfulRequests.HeldOut) from _ in Enumerable.Range(0, 6) select QuestionWriter.Harmful(request, phrasing, random),
            ];
            Assert.All(written, question => Assert.Equal(question, QuestionReader.Read(question.Text)));
        }
    }

    [Theory]
    [InlineData("It holds 5 GB.", "5 GB", true)]
    [InlineData("It holds 25 GB.", "5 GB", false)]
    [InlineData("It costs $64.", "$6", false)]
    [InlineData("It costs $6.50 now.", "$6", false)]
    [InlineData("It costs $6.", "$6", true)]
    [InlineData("Look in /srv/var/log/wren", "/var/log/wren", false)]
    [InlineData("Look in /var/log/wren.", "/var/log/wren", true)]
    [InlineData("AES-256", "AES", false)]
    [InlineData("17.3 or 7.3", "7.3", true)]
    public void Mentions_Phrases_MatchWholeWordsOnly(string text, string phrase, bool mentioned) => Assert.Equal(mentioned, Words.Mentions(text, phrase));
}
