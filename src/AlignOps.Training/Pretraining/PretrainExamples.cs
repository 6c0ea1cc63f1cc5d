using AlignOps.Data;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;

namespace AlignOps.Training.Pretraining;

/// <summary>Examples for training every weight: dialogues with the loss on the answer, or plain texts with the loss on all but the first token.</summary>
public static class PretrainExamples
{
    /// <param name="id">Names the example in errors and in the training's fingerprint.</param>
    public static TrainingExample Dialogue(string id, ITokenizer tokenizer, IReadOnlyList<ChatMessage> prompt, string answer) =>
        new(id, tokenizer.EncodePrompt(prompt), [new TrainingCandidate(tokenizer.EncodeAnswer(answer), Score: null)]);

    /// <summary>Null for a text of no tokens.</summary>
    public static TrainingExample? Text(string id, ITokenizer tokenizer, string text) =>
        tokenizer.EncodeAnswer(text) is [var first, .. { Length: > 0 } rest] ? new TrainingExample(id, [first], [new TrainingCandidate(rest, Score: null)]) : null;
}
