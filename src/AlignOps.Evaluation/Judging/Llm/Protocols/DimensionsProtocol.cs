using System.Text.Json;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm.Prompts;
using AlignOps.Evaluation.Judging.Llm.Reading;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>Which of two answers is better on each of several dimensions, each apart (arXiv 2307.03025), so that style cannot stand in for substance; the share is the dimensions' mean.</summary>
internal sealed class DimensionsProtocol(IReadOnlyList<JudgeDimensionSection> own, bool reference) : IProtocol
{
    internal const string System = $$"""
        You compare two answers, A and B, to the same conversation, on each dimension that the user's message lists.

        {{CasePaper.Notice}}

        Where an answer has several turns, judge what it answers last, in the light of what was said before.
        Judge each dimension by itself, as if you could see nothing else: an answer that is wrong may be better written, and one that is right may be worse written. Order and names mean nothing, and longer is not better.
        Give your reasons in a sentence a dimension. Then end with one JSON object that has every dimension as a key and "A", "B" or "TIE" as its value.
        Write no other JSON object.
        """;

    private const string After = "Which answer is better on each dimension? Reasons first, then the JSON object.";

    /// <summary>Of the paper.</summary>
    internal static IReadOnlyList<JudgeDimensionSection> Usual { get; } =
    [
        new() { Name = "accuracy", Asks = "what it says is true, and it invents nothing" },
        new() { Name = "helpfulness", Asks = "it gives the user what they need to go on, no less and nothing beside the point" },
        new() { Name = "language", Asks = "it is clear, fluent and correct in grammar and tone" },
    ];

    private IReadOnlyList<JudgeDimensionSection> Dimensions => own.Count == 0 ? Usual : own;

    private string Before => $"Dimensions:\n{string.Join('\n', Dimensions.Select(dimension => $"- {dimension.Name}: {dimension.Asks.Trim()}"))}{(reference ? "\n\n" + CasePaper.ReferenceNotice : "")}";

    public object Identity => new { protocol = "dimensions 1, mean", System, Before, After, parser = ObjectReader.Version };

    public async Task<JudgeVerdict> CompareAsync(Interview interview, SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken)
    {
        var right = reference ? References.Of(item) : null;
        if (reference && right is null) return JudgeVerdict.Unscored(UnscoredReasons.ReferenceMissing);

        var paper = new CasePaper(interview.Digest, item).Reference(right).Answer("ANSWER A", first).Answer("ANSWER B", second);
        string[] names = [.. Dimensions.Select(dimension => dimension.Name)];
        var (found, call) = await interview.AskAsync("dimensions", paper.Turns(System, Before, After), text => ObjectReader.Read(text, names, Verdict), cancellationToken);
        if (found.Value is not { } verdicts) return JudgeVerdict.Unscored(found.Unscored!) with { Calls = [call] };

        VerdictPart[] parts = [.. names.Select(name => new VerdictPart(name, PairedOutcome.Of(VerdictParser.Offered(verdicts[name])!.Value)))];
        return JudgeVerdict.Of(parts.Average(part => part.Share!.Value)) with { Parts = parts, Calls = [call] };
    }

    private static string? Verdict(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is { } verdict && VerdictParser.Offered(verdict) is not null ? verdict : null;
}
