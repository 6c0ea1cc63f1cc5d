using System.Text.Json;
using AlignOps.Evaluation.Benchmarks.Metrics;
using AlignOps.Rewards.Code;
using AlignOps.Rewards.Instructions;

namespace AlignOps.Evaluation.Benchmarks.Formats;

/// <summary>The formats there are. A file is of the first that reads its first sound row.</summary>
internal static class BenchmarkFormats
{
    public static readonly IReadOnlyList<BenchmarkFormat> All =
    [
        new("lm-eval-samples", "doc_id, target, arguments (lm-evaluation-harness' --log_samples)", HarnessSamples.Read, benchmark => benchmark),
        new("gsm8k", "question, answer that ends in #### number", Gsm8k, AskGsm8k),
        new("crows-pairs", "sent_more, sent_less, bias_type", Crows, benchmark => benchmark with { Delimiter = "" }),
        new("ifeval", "prompt, instruction_id_list, kwargs", Instructions, benchmark => benchmark),
        new("code", "prompt, code {language, tests [{stdin, stdout}], asserts}", Code, benchmark => benchmark),
        new("choice", "context, ctx, query, prompt or question; choices, options or endings; gold, answer, label, target or answerKey", Choice, benchmark => benchmark),
        new("openai-evals", "input, ideal", OpenAi, benchmark => benchmark),
        new("exact", "prompt, question or input; targets, target or answer", Exact, benchmark => benchmark),
        new("text", "text or page", Text, benchmark => benchmark),
    ];

    public static string Names => string.Join(", ", All.Select(format => format.Name));

    public static BenchmarkFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    private static BenchmarkItem? Choice(ItemFields row, ItemPlace place)
    {
        var (context, choices) = (row.Text("context", "ctx", "query", "prompt", "question"), row.Texts("choices", "options", "endings"));
        return context is not null && choices is { Count: > 1 } && choices.All(choice => choice.Length > 0) && row.Places(choices, "gold", "answer", "label", "target", "answerKey") is { } gold
            ? new ChoiceItem(place.Id, place.Slice, place.Cluster, context, choices, gold)
            : null;
    }

    private static BenchmarkItem? Exact(ItemFields row, ItemPlace place) =>
        row.Text("prompt", "question", "input") is { Length: > 0 } prompt && row.Texts("targets", "target", "answer") is { } targets && !row.Has("choices")
            ? new ExactItem(place.Id, place.Slice, place.Cluster, prompt, targets)
            : null;

    private static BenchmarkItem? OpenAi(ItemFields row, ItemPlace place) =>
        row.Text("input") is { Length: > 0 } input && row.Texts("ideal") is { } ideal ? new ExactItem(place.Id, place.Slice, place.Cluster, input, ideal) : null;

    private static BenchmarkItem? Text(ItemFields row, ItemPlace place) =>
        row.Text("text", "page") is { Length: > 0 } text ? new PerplexityItem(place.Id, place.Slice, place.Cluster, text) : null;

    private static BenchmarkItem? Crows(ItemFields row, ItemPlace place) =>
        row.Text("sent_more") is { Length: > 0 } more && row.Text("sent_less") is { Length: > 0 } less
            ? new PairItem(place.Id, row.Text("bias_type") ?? place.Slice, place.Cluster, more, less)
            : null;

    private static BenchmarkItem? Instructions(ItemFields row, ItemPlace place) =>
        row.Text("prompt") is { Length: > 0 } prompt && row.Value("instruction_id_list") is { } ids && row.Value("kwargs") is { } arguments && InstructionFollowing.Read(ids, arguments) is { Fault: null } read
            ? new InstructionItem(row.Has("id") ? place.Id : row.Value("key")?.GetRawText() ?? place.Id, place.Slice, place.Cluster, prompt, read.Instructions)
            : null;

    private static BenchmarkItem? Code(ItemFields row, ItemPlace place) =>
        row.Text("prompt") is { Length: > 0 } prompt && row.Value("code") is { ValueKind: JsonValueKind.Object } code && CodeVerifier.FaultOf(code) is null
            ? new CodeItem(place.Id, place.Slice, place.Cluster, prompt, JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["code"] = code }))
            : null;

    private static BenchmarkItem? Gsm8k(ItemFields row, ItemPlace place) =>
        row.Text("question") is { Length: > 0 } question && row.Text("answer") is { } answer && answer.Contains("#### ", StringComparison.Ordinal)
            ? new ExactItem(place.Id, place.Slice, place.Cluster, $"Question: {question}\nAnswer:", [answer])
            : null;

    /// <summary>As lm-evaluation-harness' gsm8k, version 3.</summary>
    private static Benchmark AskGsm8k(Benchmark benchmark) => benchmark with
    {
        Until = ["Question:", "</s>", "<|im_end|>"],
        Filters = [new AnswerFilter("strict-match", @"#### (\-?[0-9\.\,]+)"), new AnswerFilter("flexible-extract", "(-?[$0-9.,]{2,})|(-?[0-9]+)", -1)],
        Match = new ExactMatch { IgnoreCase = true, RegexesToIgnore = [",", @"\$", "(?s).*#### ", @"\.$"] },
    };
}
