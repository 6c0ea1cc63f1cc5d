using AlignOps.Inference.Requests;

namespace AlignOps.Evaluation.Judging.Llm.Reading;

/// <summary>Probabilities of what was offered, among the likeliest tokens at one place of an answer.</summary>
internal static class TokenShares
{
    internal const string Version = "share of the offered tokens, together at least 1/2, 1";

    /// <summary>Below this the model wanted to say something else, and what is left is noise.</summary>
    private const double LeastTogether = 0.5;

    /// <param name="offered">What a token, white space around it taken off, stands for; null where it is none of those offered.</param>
    /// <returns>Each value offered with its share of their probability; they sum to 1.</returns>
    public static Found<IReadOnlyDictionary<T, double>> Read<T>(AnswerToken token, Func<string, T?> offered)
        where T : struct
    {
        var shares = new Dictionary<T, double>();
        foreach (var option in token.Likeliest)
        {
            if (offered(option.Text.Trim()) is { } value) shares[value] = shares.GetValueOrDefault(value) + Math.Exp(option.LogProbability);
        }

        var together = shares.Values.Sum();
        return together >= LeastTogether
            ? new(shares.ToDictionary(share => share.Key, share => share.Value / together), null)
            : Found<IReadOnlyDictionary<T, double>>.None(UnscoredReasons.LabelsUnlikely);
    }
}
