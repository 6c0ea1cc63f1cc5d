namespace AlignOps.Training.Raft;

/// <summary>Answers that no reward is asked for: a policy that is rewarded for them learns to write them.</summary>
internal static class AnswerFilter
{
    public const string Unfinished = "unfinished";
    public const string Empty = "empty";
    public const string Repeating = "repeating";
    public const string TurnMarker = "turn-marker";

    private const int LongestRun = 16;
    private const int Words = 3;
    private const int Times = 4;

    private static readonly string[] Markers = ["\n\nHuman:", "\n\nAssistant:", "<|im_start|>", "<|im_end|>", "[INST]", "[/INST]"];

    /// <summary>Why the answer is discarded, or null.</summary>
    /// <param name="finished">It ended by itself.</param>
    public static string? Fault(string text, bool finished) =>
        !finished ? Unfinished
        : string.IsNullOrWhiteSpace(text) ? Empty
        : Markers.Any(marker => text.Contains(marker, StringComparison.Ordinal)) ? TurnMarker
        : Repeats(text) ? Repeating
        : null;

    /// <summary>One character many times in a row, or the same three words four times and over half of the answer.</summary>
    private static bool Repeats(string text)
    {
        int run = 1;
        for (int i = 1; i < text.Length; i++)
        {
            run = text[i] == text[i - 1] && !char.IsWhiteSpace(text[i]) ? run + 1 : 1;
            if (run > LongestRun)
            {
                return true;
            }
        }

        string[] words = WordRuns.WordsOf(text);
        int most = WordRuns.Of(words, Words).CountBy(run => run).Select(run => run.Value).DefaultIfEmpty().Max();
        return most >= Times && most * Words * 2 > words.Length;
    }
}
