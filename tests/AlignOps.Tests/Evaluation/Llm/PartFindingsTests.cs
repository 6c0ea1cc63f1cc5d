using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Judging.Llm;

namespace AlignOps.Tests.Evaluation.Llm;

public sealed class PartFindingsTests
{
    [Fact]
    public void Of_TwoOrders_CountsEachPartFromTheCandidatesSide()
    {
        JudgedPair[] judged =
        [
            Pair([new("factuality", 1, 5, 3), new("readability", 0, 2, 4)], [new("factuality", 0, 3, 4), new("readability", 1, 4, 2)]),
            Pair([new("factuality", 0.5, 4, 4), new("readability", null, null, 4, "not-applicable")], [new("factuality", 0.5, 4, 4), new("readability", 1, 4, 1)]),
            new("s", "equal", 0, "all", "u", new EvidenceComparison(0.5, true, null), null, null),
        ];
        var parts = PartFindings.Of(new JudgeSection { Kind = JudgeKind.Skills }, judged)!;
        Assert.Equal([new JudgePart("factuality", 2, 0.75, 4.25, 3.5), new JudgePart("readability", 1, 0, 2, 4)], parts);
        Assert.Null(PartFindings.Of(new JudgeSection { Kind = JudgeKind.Evidence }, judged));
        Assert.Null(PartFindings.Of(new JudgeSection(), judged[2..]));
    }

    private static JudgedPair Pair(VerdictPart[] candidateFirst, VerdictPart[] championFirst) => new(
        "s", "i", 0, "all", "u", new EvidenceComparison(1, true, null), Order(candidateFirst), Order(championFirst));

    private static JudgedOrder Order(VerdictPart[] parts) => new("First", 1, null, null, null, parts, []);
}
