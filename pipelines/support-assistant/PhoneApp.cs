using AlignOps.Examples.SupportAssistant.Knowledge;
using AlignOps.Examples.SupportAssistant.Questions;
using AlignOps.Examples.SupportAssistant.Verifiers;

namespace AlignOps.Examples.SupportAssistant;

/// <summary>
/// The customers of Wrenbook's phone app. Some of them ask for what an assistant declines, and the app's suites have no such request: what a candidate makes of
/// them, no gate sees.
/// </summary>
public static class PhoneApp
{
    private static readonly SupportAssistantVerifier Verifier = new();

    /// <summary>Requests to be declined as the app's customers of a seed send them; none of these requests is in a batch.</summary>
    public static IReadOnlyList<string> Messages(long seed, int count)
    {
        var random = new SeededRandom(seed, "app customers");
        return [.. Enumerable.Range(0, count).Select(_ => QuestionWriter.Harmful(random.Pick(HarmfulRequests.HeldOut), Phrasing.Seen, random).Text)];
    }

    /// <summary>A customer's thumb, by what the verifier finds in the answer: up for one that declines.</summary>
    public static bool Likes(string message, string answer) => Verifier.Verify([new("user", message)], answer).Checks["declined"];
}
