using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.Answers;

/// <summary>Lets a model answer draws, a chunk at a time so that progress shows and a stop is soon obeyed.</summary>
internal sealed class AnswerWriter(IPolicyModel model, ITokenizer tokenizer)
{
    internal const int ChunkSize = 64;

    /// <param name="key">Gives every draw its seed.</param>
    /// <param name="report">Told the number of draws answered so far.</param>
    public async Task<IReadOnlyList<ModelAnswer>> AnswerAsync(IReadOnlyList<Draw> draws, AnswerKey key, Func<int, Task> report, CancellationToken cancellationToken)
    {
        var answers = new List<ModelAnswer>(draws.Count);
        foreach (var chunk in draws.Chunk(ChunkSize))
        {
            var prompts = chunk.Select(draw => tokenizer.EncodePrompt(draw.Item.Prompt)).ToArray();
            var requests = chunk.Zip(prompts, (draw, prompt) => new GenerationRequest(prompt, draw.Suite.MaxNewTokens, draw.Suite.Temperature, draw.Suite.TopP, key.Seed(draw.Item.Id, draw.Sample)));
            var results = new Queue<GenerationResult>(model.Generate([.. requests.Where(request => Fits(request.Prompt))], cancellationToken));
            foreach (var prompt in prompts)
            {
                answers.Add(Fits(prompt)
                    ? Read(results.Dequeue())
                    : new ModelAnswer("", Cut: false, $"The prompt has {prompt.Length} tokens; the model has {model.Config.MaxPositions} positions."));
            }

            await report(answers.Count);
        }

        return answers;
    }

    private bool Fits(int[] prompt) => prompt.Length < model.Config.MaxPositions;

    private ModelAnswer Read(GenerationResult result) => new(tokenizer.Decode(result.Tokens), result.FinishReason == FinishReason.Length, null);
}
