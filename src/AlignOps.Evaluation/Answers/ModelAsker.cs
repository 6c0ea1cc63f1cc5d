using AlignOps.Contracts;
using AlignOps.Evaluation.Jobs;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Jobs;

namespace AlignOps.Evaluation.Answers;

/// <summary>Lets a model answer suites; what it has answered before is not asked again, and a model that has answered everything is not loaded.</summary>
internal sealed class ModelAsker(IBlobStore blobs, IPolicyEngine engine, AnswerCache cache)
{
    /// <summary>Answers that models gave now.</summary>
    public int Generated { get; private set; }

    /// <summary>Answers that were there already.</summary>
    public int Reused { get; private set; }

    /// <param name="name">What the model is in the comparison, for people.</param>
    /// <exception cref="JobFailedException"><c>model-unreadable</c>.</exception>
    public async Task<ModelAnswers> AskAsync(string name, ModelRef model, IReadOnlyList<AskedSuite> suites, EvaluationProgress progress, CancellationToken cancellationToken)
    {
        var answers = new ModelAnswers();
        (IPolicyModel Policy, ITokenizer Tokenizer)? loaded = null;
        try
        {
            foreach (var suite in suites)
            {
                var draws = DrawList.Of(suite).ToList();
                var key = new AnswerKey(model, suite.Digest, $"{suite.Asking.Decoding}\nengine {engine.Name}");
                var kept = await cache.FindAsync(key, draws.Count, cancellationToken);
                if (kept is null)
                {
                    loaded ??= await LoadAsync(name, model, cancellationToken);
                    kept = await suite.Asking.AskAsync(loaded.Value.Policy, loaded.Value.Tokenizer, draws, key, done => progress.AnsweredAsync(name, done, cancellationToken), cancellationToken);
                    await cache.KeepAsync(key, kept, cancellationToken);
                    Generated += kept.Count;
                }
                else
                {
                    Reused += kept.Count;
                }

                progress.Skip(draws.Count);
                answers.Add(draws, kept);
            }
        }
        finally
        {
            loaded?.Policy.Dispose();
        }

        return answers;
    }

    private async Task<(IPolicyModel Policy, ITokenizer Tokenizer)> LoadAsync(string name, ModelRef model, CancellationToken cancellationToken)
    {
        var checkpoint = await blobs.MaterializeAsync(model.Checkpoint, cancellationToken);
        var adapter = model.Adapter is { } digest ? await blobs.MaterializeAsync(digest, cancellationToken) : null;
        try
        {
            return (engine.Load(checkpoint, adapter), Tokenizer.Load(checkpoint));
        }
        catch (ModelFormatException fault)
        {
            throw new JobFailedException("model-unreadable", $"The {name} {model.ShortName} cannot be loaded: {fault.Message}");
        }
    }
}
