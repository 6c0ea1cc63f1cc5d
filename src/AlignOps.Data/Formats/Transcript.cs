namespace AlignOps.Data.Formats;

/// <summary>
/// HH-RLHF's transcripts: turns that open with "\n\nHuman:" and "\n\nAssistant:" (anthropics/hh-rlhf, README). Texts are trimmed, as the
/// space after the colon belongs to the marker.
/// </summary>
internal static class Transcript
{
    public const string AssistantMarker = "\n\nAssistant:";

    public const string HumanMarker = "\n\nHuman:";

    public static bool IsTranscript(string text) => text.StartsWith(HumanMarker, StringComparison.Ordinal);

    /// <summary>Reads turns; an opening "\n\nAssistant:" with nothing after it is where the answer goes, not a turn.</summary>
    public static List<ChatMessage> Read(ReadOnlySpan<char> text)
    {
        var turns = new List<ChatMessage>();
        while (NextMarker(text) is var (at, role, length))
        {
            text = text[(at + length)..];
            var end = NextMarker(text) is var (next, _, _) ? next : text.Length;
            turns.Add(new ChatMessage(role, text[..end].Trim().ToString()));
            text = text[end..];
        }

        if (turns is [.., { Role: "assistant", Content: "" }])
        {
            turns.RemoveAt(turns.Count - 1);
        }

        return turns;
    }

    private static (int At, string Role, int Length)? NextMarker(ReadOnlySpan<char> text)
    {
        var human = text.IndexOf(HumanMarker, StringComparison.Ordinal);
        var assistant = text.IndexOf(AssistantMarker, StringComparison.Ordinal);
        if (human < 0 && assistant < 0)
        {
            return null;
        }

        return assistant < 0 || (human >= 0 && human < assistant)
            ? (human, "user", HumanMarker.Length)
            : (assistant, "assistant", AssistantMarker.Length);
    }
}
