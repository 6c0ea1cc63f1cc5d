using AlignOps.Data;
using AlignOps.Data.Feedback;

namespace AlignOps.Tests.Synthesis;

internal static class SynthesisRows
{
    public static FeedbackRow Ranking(int number, params (string Text, double Score)[] answers) =>
        Row(FeedbackKind.Ranking, number, [.. answers.Select(a => new Candidate(a.Text, a.Score))]);

    public static FeedbackRow Demonstration(int number) => Row(FeedbackKind.Demonstration, number, [new Candidate("kind")]);

    private static FeedbackRow Row(FeedbackKind kind, int number, Candidate[] candidates) =>
        new(kind, [new ChatMessage("user", $"question {number}")], candidates, new Provenance("b-1", number, "test", ""));
}
