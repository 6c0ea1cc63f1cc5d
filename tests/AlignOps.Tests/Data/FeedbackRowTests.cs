using AlignOps.Data;
using AlignOps.Data.Feedback;

namespace AlignOps.Tests.Data;

public sealed class FeedbackRowTests
{
    private static readonly FeedbackRow Row = new(
        FeedbackKind.Preference,
        [new ChatMessage("user", "q")],
        [new Candidate("a", 1), new Candidate("b", 0)],
        new Provenance("b-1", 1, "trl-preference", "ops"));

    [Fact]
    public void Id_OtherProvenance_IsTheSame() => Assert.Equal(Row.Id, (Row with { Provenance = new("b-2", 9, "envelope", "other") }).Id);

    [Fact]
    public void Id_CopyWithOtherContent_IsAnother()
    {
        var id = Row.Id;

        Assert.NotEqual(id, (Row with { Candidates = [new Candidate("a", 1), new Candidate("c", 0)] }).Id);
        Assert.NotEqual(id, (Row with { Prompt = [new ChatMessage("user", "r")] }).Id);
        Assert.NotEqual(id, (Row with { Candidates = [new Candidate("b", 1), new Candidate("a", 0)] }).Id);
    }

    [Fact]
    public void Names_EveryKind_IsFoundByItsName() =>
        Assert.All(Enum.GetValues<FeedbackKind>(), kind => Assert.Equal(kind, FeedbackKinds.Find(kind.Name())));
}
