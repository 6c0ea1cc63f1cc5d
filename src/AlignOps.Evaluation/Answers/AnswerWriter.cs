using System.Globalization;
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
            var chunkAnswers = new ModelAnswer[chunk.Length];
            for (var turn = 0; turn < chunk.Max(draw => draw.Item.TurnCount); turn++) AnswerTurn(chunk, chunkAnswers, turn, key, cancellationToken);
            answers.AddRange(chunkAnswers);
            await report(answers.Count);
        }

        return answers;
    }

    /// <summary>Answers one turn of all draws that have it, in the light of the answers so far.</summary>
    private void AnswerTurn(Draw[] chunk, ModelAnswer[] answers, int turn, AnswerKey key, CancellationToken cancellationToken)
    {
        var asked = Enumerable.Range(0, chunk.Length).Where(i => turn < chunk[i].Item.TurnCount && (turn == 0 || answers[i].Unasked is null)).ToArray();
        var prompts = asked.ToDictionary(i => i, i => tokenizer.EncodePrompt(chunk[i].Item.Conversation(turn == 0 ? [] : [.. answers[i].Judged.All])));
        var fitting = asked.Where(i => Fits(prompts[i])).ToArray();
        var requests = fitting.Select(i => new GenerationRequest(
            prompts[i], chunk[i].Suite.MaxNewTokens, chunk[i].Suite.Temperature, chunk[i].Suite.TopP, key.Seed(TurnName(chunk[i].Item.Id, turn), chunk[i].Sample)));
        foreach (var (i, result) in fitting.Zip(model.Generate([.. requests], cancellationToken))) answers[i] = Read(result, turn == 0 ? null : answers[i]);
        foreach (var i in asked.Except(fitting)) answers[i] = new ModelAnswer("", Cut: false, $"The prompt has {prompts[i].Length} tokens; the model has {model.Config.MaxPositions} positions.");
    }

    /// <summary>What seeds a draw of a turn: an item's first turn is seeded by the item alone.</summary>
    private static string TurnName(string item, int turn) => turn == 0 ? item : string.Create(CultureInfo.InvariantCulture, $"{item}\nturn {turn}");

    private bool Fits(int[] prompt) => prompt.Length < model.Config.MaxPositions;

    private ModelAnswer Read(GenerationResult result, ModelAnswer? before) =>
        new(tokenizer.Decode(result.Tokens), result.FinishReason == FinishReason.Length || before?.Cut == true, null) { Earlier = before is null ? null : [.. before.Judged.All] };
}
