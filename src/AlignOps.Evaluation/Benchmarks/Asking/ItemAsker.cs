using AlignOps.Data;
using AlignOps.Evaluation.Benchmarks.Metrics;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.Benchmarks.Asking;

/// <summary>Asks a model a few items of one kind together.</summary>
internal sealed class ItemAsker(IPolicyModel model, ITokenizer tokenizer, Benchmark benchmark, BenchmarkSettings settings, ItemQuestions questions)
{
    private const string TooLong = "A text to be scored is longer than the model's positions.";
    private const string Empty = "A text to be scored has no tokens.";

    private readonly TextLikelihood _likelihood = new(model, tokenizer, settings.BeginOfText);
    private readonly AnswerScoring _scoring = new(benchmark, settings);

    public IEnumerable<ItemResult> Ask(BenchmarkItem[] items, CancellationToken cancellationToken) => items[0] is WrittenItem
        ? Write([.. items.Cast<WrittenItem>()], cancellationToken)
        : Score(items, cancellationToken);

    private List<ItemResult> Score(BenchmarkItem[] items, CancellationToken cancellationToken)
    {
        IReadOnlyList<LikelihoodRequest?>[] requests = [.. items.Select(Requests)];
        var run = new Queue<Likelihood>(_likelihood.Run([.. requests.Where(Whole).SelectMany(one => one).Select(one => one!)], cancellationToken));
        return [.. items.Zip(requests, (item, asked) => Whole(asked) ? Result(item, [.. asked.Select(_ => run.Dequeue())]) : ItemResult.NotScored(item, Empty))];
    }

    private static bool Whole(IReadOnlyList<LikelihoodRequest?> requests) => requests.Count > 0 && requests.All(request => request is not null);

    private IReadOnlyList<LikelihoodRequest?> Requests(BenchmarkItem item) => item switch
    {
        ChoiceItem choice => [.. choice.Choices.Select(text => Answer(choice, text)), .. choice.Choices.Select(text => _likelihood.Encode("", benchmark.Delimiter + text))],
        PairItem pair => [_likelihood.Encode("", pair.MoreStereotyped), _likelihood.Encode("", pair.LessStereotyped)],
        PerplexityItem text => [.. _likelihood.Windows(text.Text)],
        _ => [],
    };

    private LikelihoodRequest? Answer(ChoiceItem item, string choice) => settings.Chat
        ? new LikelihoodRequest(tokenizer.EncodePrompt([new ChatMessage("user", questions.Of(item))]), tokenizer.EncodeAnswer(choice))
        : _likelihood.Encode(questions.Of(item), benchmark.Delimiter + choice);

    private static ItemResult Result(BenchmarkItem item, Likelihood[] likelihoods)
    {
        double[] logs = [.. likelihoods.Select(one => one.LogLikelihood)];
        if (logs.Any(log => !double.IsFinite(log)))
        {
            return ItemResult.NotScored(item, TooLong);
        }

        var truncated = likelihoods.Any(one => one.Truncated);
        switch (item)
        {
            case ChoiceItem choice:
                var (with, without) = (logs[..choice.Choices.Count], logs[choice.Choices.Count..]);
                return new ItemResult(item, ChoiceMetrics.Of(choice, with, without), Outputs(("log_likelihoods", with), ("unconditional", without)), null, truncated, null);
            case PairItem:
                return new ItemResult(item, PairMetrics.Of(logs[0], logs[1]), Outputs(("log_likelihoods", logs)), null, truncated, null);
            default:
                var units = Perplexity.Units(((PerplexityItem)item).Text, logs.Sum());
                return new ItemResult(item, new Dictionary<string, double>(), Outputs(("log_likelihood", units.LogLikelihood)), units, truncated, null);
        }
    }

    private List<ItemResult> Write(WrittenItem[] items, CancellationToken cancellationToken)
    {
        int[][] prompts = [.. items.Select(Prompt)];
        var requests = prompts.Where(Fits).Select(prompt =>
            new GenerationRequest(prompt, settings.MaxNewTokens, 0, 1, settings.Seed) { Listener = new UntilListener(tokenizer, benchmark.Until) });
        var answers = new Queue<GenerationResult>(model.Generate([.. requests], cancellationToken));
        return [.. items.Zip(prompts, (item, prompt) => Fits(prompt) ? _scoring.Score(item, TextEnding.Cut(tokenizer.Decode(answers.Dequeue().Tokens), benchmark.Until)) : ItemResult.NotScored(item, TooLong))];
    }

    private int[] Prompt(WrittenItem item) => settings.Chat
        ? tokenizer.EncodePrompt([new ChatMessage("user", questions.Of(item))])
        : _likelihood.Encode(questions.Of(item), " x") is { } request ? request.Context : [];

    private bool Fits(int[] prompt) => prompt.Length > 0 && prompt.Length < model.Config.MaxPositions;

    private static Dictionary<string, object> Outputs(params ReadOnlySpan<(string Name, object Value)> outputs)
    {
        var named = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in outputs)
        {
            named[name] = value;
        }

        return named;
    }
}
