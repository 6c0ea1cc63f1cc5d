using System.Text.Json;

namespace AlignOps.Rewards.Expectations;

/// <summary><c>"words": {"min": 20, "max": 60}</c>, either of them: the answer has so many parts between white space.</summary>
internal sealed class WordCount : IExpectation
{
    public string Key => "words";

    public bool? IsMet(JsonElement expected, string answer)
    {
        if (expected.ValueKind != JsonValueKind.Object || !expected.EnumerateObject().Any()) return null;
        int least = 0, most = int.MaxValue;
        foreach (var bound in expected.EnumerateObject())
        {
            if (bound.Value.ValueKind != JsonValueKind.Number || !bound.Value.TryGetInt32(out var value) || value < 0) return null;
            switch (bound.Name)
            {
                case "min": least = value; break;
                case "max": most = value; break;
                default: return null;
            }
        }

        var words = answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return least > most ? null : words >= least && words <= most;
    }
}
