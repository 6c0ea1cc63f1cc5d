using System.Security.Cryptography;
using System.Text;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Adapters;
using AlignOps.Models.Tokenization;

namespace AlignOps.Rewards;

/// <summary>A trained reward model: the value of its head at the end token of prompt and answer, the chat template applied.</summary>
public sealed class RewardModelReward : IReward
{
    private const int TokensAtOnce = 4096;

    private readonly IRewardModel _model;
    private readonly ITokenizer _tokenizer;

    /// <param name="name">What people know it by.</param>
    /// <param name="digest">Content name of base and adapter.</param>
    /// <param name="model">Let go with this.</param>
    public RewardModelReward(string name, string digest, IRewardModel model, ITokenizer tokenizer) => (Name, Digest, _model, _tokenizer) = (name, digest, model, tokenizer);

    public string Name { get; }

    public string Digest { get; }

    /// <summary>Loads what <c>alignops train --method reward</c> wrote.</summary>
    /// <param name="checkpoint">The base's Hugging Face directory.</param>
    /// <param name="adapter">The PEFT directory with the head.</param>
    /// <exception cref="ModelFormatException">A file is missing or damaged, the adapter has no head, or it is another base's.</exception>
    public static RewardModelReward Load(IPolicyEngine engine, string checkpoint, string adapter)
    {
        ITokenizer tokenizer = Tokenizer.Load(checkpoint);
        string identity = $"{Checkpoint.Digest(checkpoint)}\n{AdapterDirectory.WeightsDigest(adapter)}";
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
        return new RewardModelReward(adapter, digest, engine.LoadRewardModel(checkpoint, adapter), tokenizer);
    }

    /// <summary>Null for an answer that is longer with its prompt than the model has positions.</summary>
    public IReadOnlyList<double?> Rate(IReadOnlyList<RatedAnswer> answers)
    {
        var rewards = new double?[answers.Count];
        List<int> at = [];
        List<int[]> texts = [];
        int tokens = 0;
        for (int i = 0; i < answers.Count; i++)
        {
            int[] text = [.. _tokenizer.EncodePrompt(answers[i].Prompt), .. _tokenizer.EncodeAnswer(answers[i].Answer)];
            if (text.Length > _model.Config.MaxPositions)
            {
                continue;
            }

            if (texts.Count > 0 && tokens + text.Length > TokensAtOnce)
            {
                Score(at, texts, rewards);
                tokens = 0;
            }

            at.Add(i);
            texts.Add(text);
            tokens += text.Length;
        }

        Score(at, texts, rewards);
        return rewards;
    }

    public void Dispose() => _model.Dispose();

    /// <summary>Scores what is gathered and begins anew.</summary>
    private void Score(List<int> at, List<int[]> texts, double?[] rewards)
    {
        if (texts.Count > 0)
        {
            foreach ((int place, float value) in at.Zip(_model.Score(texts)))
            {
                rewards[place] = value;
            }
        }

        at.Clear();
        texts.Clear();
    }
}
