using System.Globalization;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Benchmarks.Asking;
using AlignOps.Evaluation.Suites.Kinds;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.Baselines;

/// <summary>The base continues the fixed prompt; sampled as the suite samples.</summary>
internal sealed class BaselineAsking(UrialPrompt prompt, double temperature, double topP, int maxNewTokens, int items) : ISuiteAsking
{
    public string Decoding { get; } = string.Create(
        CultureInfo.InvariantCulture, $"urial 1\nprompt {prompt.Digest}\ntemperature {temperature}\ntop_p {topP}\nmax_new_tokens {maxNewTokens}\nitems {items}");

    public async Task<IReadOnlyList<ModelAnswer>> AskAsync(
        IPolicyModel model, ITokenizer tokenizer, IReadOnlyList<Draw> draws, AnswerKey key, Func<int, Task> report, CancellationToken cancellationToken)
    {
        int[] begin = model.Config.BosTokenId is { } token ? [token] : [];
        List<ModelAnswer> answers = [];
        foreach (var chunk in draws.Chunk(AnswerWriter.ChunkSize))
        {
            int[][] prompts = [.. chunk.Select(draw => (int[])[.. begin, .. tokenizer.Encode(prompt.Of(draw.Item.Prompt))])];
            var requests = chunk.Zip(prompts).Where(one => Asks(one.First, one.Second)).Select(one =>
                new GenerationRequest(one.Second, maxNewTokens, temperature, topP, key.Seed(one.First.Item.Id, one.First.Sample)) { Listener = new UntilListener(tokenizer, UrialPrompt.Until) });
            var results = new Queue<GenerationResult>(model.Generate([.. requests], cancellationToken));
            answers.AddRange(chunk.Zip(prompts).Select(one => Asks(one.First, one.Second)
                ? Read(results.Dequeue())
                : new ModelAnswer("", Cut: false, one.First.Item.TurnCount > 1
                    ? "The baseline answers questions of one turn."
                    : $"The prompt with its examples has {one.Second.Length} tokens; the model has {model.Config.MaxPositions} positions.")));
            await report(answers.Count);
        }

        return answers;

        bool Asks(Draw draw, int[] tokens) => draw.Item.TurnCount == 1 && tokens.Length < model.Config.MaxPositions;
        ModelAnswer Read(GenerationResult result) => new(TextEnding.Cut(tokenizer.Decode(result.Tokens), UrialPrompt.Until).Trim(), result.FinishReason == FinishReason.Length, null);
    }
}
