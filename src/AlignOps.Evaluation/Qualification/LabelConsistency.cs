using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification;

/// <summary>Finds pairs of a labelled set that cannot both be true: the same answers to the same prompt, of which people preferred now one, now the other.</summary>
internal sealed class LabelConsistency
{
    private readonly Dictionary<(string Prompt, string One, string Other), (string Id, string Better)> _preferred = [];

    /// <returns>Why the pair cannot stand beside those before it, as a sentence's end; null where it can.</returns>
    public string? Fault(LabelledPair pair)
    {
        if (pair.Majority is not (Preference.First or Preference.Second)) return null;
        if (pair.First == pair.Second) return "both answers are the same, and people preferred one of them.";

        var better = pair.Majority == Preference.First ? pair.First : pair.Second;
        var ordered = string.CompareOrdinal(pair.First, pair.Second) < 0;
        var key = (PromptKey(pair), ordered ? pair.First : pair.Second, ordered ? pair.Second : pair.First);
        if (_preferred.TryAdd(key, (pair.Id, better))) return null;
        return _preferred[key].Better == better ? null : $"it has the prompt and the answers of pair {_preferred[key].Id}, and people preferred the other one there: labels that contradict each other measure nobody.";
    }

    /// <summary>A prompt as one text.</summary>
    public static string PromptKey(LabelledPair pair) => string.Join('\u001e', pair.Prompt.Select(message => $"{message.Role}\u001f{message.Content}"));
}
