using System.Security.Cryptography;
using System.Text;
using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Jobs;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Evaluation;
using AlignOps.Training.Examples;
using AlignOps.Training.HeldOut;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Raft;

/// <summary>
/// RAFT (Dong et al., 2023, arXiv 2304.06767): answers are sampled, rated, and the best of them learned, round by round, each from where the last one ended.
/// A round begins from files alone, the adapter before it and the samples, so that a training that was cut off ends in the same bits.
/// </summary>
internal sealed class RaftTraining(IPolicyEngine engine, VerifierCatalogue verifiers)
{
    public const string Method = "raft";

    private const string Prefix = "raft-";

    /// <exception cref="JobFailedException">
    /// One of <see cref="RoundGuards"/>' codes where a guard trips; <c>nothing-to-learn</c> where a round keeps no answer; and those of <see cref="AdapterTraining"/>.
    /// </exception>
    public async Task<AdapterTrainingResult> RunAsync(AdapterTrainingRequest request, ITrainingObserver observer, CancellationToken cancellationToken)
    {
        RaftSection section = request.Section.Raft;
        using IReward? reward = RaftRewards.Open(section, engine, verifiers, request.Checkpoint);
        string identity = $"{AdapterTraining.Identity(request)}\n{reward?.Digest}";
        string root = Root(request, identity);
        int rounds = reward is null ? 1 : section.Rounds;
        List<(RoundFolder Folder, RoundResult Result)> done = [];
        for (int round = 1; round <= rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var folder = new RoundFolder(root, round);
            string? adapter = done.Count == 0 ? request.Adapter : done[^1].Folder.Adapter;
            RoundResult result = folder.Result
                ?? await RoundAsync(
                    request with { Adapter = adapter }, reward, folder, round, done.Count == 0 ? null : done[0].Result.Report, $"{identity}\nround {round}",
                    new RoundObserver(observer, done.Sum(d => d.Result.Steps), done.Sum(d => d.Result.Tokens), rounds - round + 1), cancellationToken);
            done.Add((folder, result));
        }

        AdapterTrainingResult trained = Finish(request, done, cancellationToken);
        TrainedManifest.Write(request, trained, engine.Name, referenced: false);
        return trained;
    }

    private async Task<RoundResult> RoundAsync(
        AdapterTrainingRequest request, IReward? reward, RoundFolder folder, int round, RoundReport? first, string identity, ITrainingObserver observer,
        CancellationToken cancellationToken)
    {
        RaftSection section = request.Section.Raft;
        var start = new TrainingStart(engine, request);
        PreparedTraining prepared = start.Prepare();
        using ITrainablePolicy policy = start.Load(prepared.Objective);
        HashSet<string> usable = [.. prepared.Train.Examples.Select(e => e.RowId)];
        IReadOnlyList<SampledPrompt> prompts = folder.Samples(() =>
        {
            int maxTokens = Math.Min(request.Section.MaxTokens, prepared.Policy.MaxPositions);
            IRollout rollout = reward is null
                ? new RowRollout(prepared.Tokenizer)
                : new PolicyRollout(policy, prepared.Tokenizer, reward, section, maxTokens, request.Seed);
            return rollout.Answer([.. request.Train.Where(row => usable.Contains(row.Id))], round, cancellationToken);
        });
        IReadOnlyList<(SampledPrompt Prompt, SampledAnswer Answer)> kept = AnswerSelection.Keep(prompts, section);
        RoundReport report = RoundReport.Of(round, prompts, kept);
        if (RoundGuards.Trips(report, first ?? report, section) is var (code, sentence))
        {
            throw new JobFailedException(code, sentence);
        }

        if (kept.Count == 0)
        {
            throw new JobFailedException("nothing-to-learn", $"Round {round} keeps none of its {report.Samples} answers: none could be rated, or none is rated {section.MinReward} or more.");
        }

        TrainerOptions options = TrainingRecipe.Options(request.Section, RandomStream.Derive(request.Seed, round)) with { Evaluation = new EvaluationOptions() };
        var trainer = new Trainer(policy, prepared.Objective, options, identity, folder.Training);
        TrainingSummary summary = await trainer.RunAsync([.. kept.Select((k, i) => AnswerSelection.Example(k.Prompt, k.Answer, i))], [], observer, cancellationToken);
        policy.Save(folder.Adapter);
        var result = new RoundResult(report, summary.Steps, summary.Tokens, summary.FinalLoss);
        folder.Finish(result);
        return result;
    }

    /// <summary>The last round's adapter as the training's, with the metrics of all rounds and the held-out rows under it.</summary>
    private AdapterTrainingResult Finish(
        AdapterTrainingRequest request, IReadOnlyList<(RoundFolder Folder, RoundResult Result)> rounds, CancellationToken cancellationToken)
    {
        string adapter = rounds[^1].Folder.Adapter;
        Directory.CreateDirectory(request.Output);
        foreach (string file in Directory.EnumerateFiles(adapter))
        {
            File.Copy(file, Path.Combine(request.Output, Path.GetFileName(file)), overwrite: true);
        }

        using IPolicyModel policy = engine.Load(request.Checkpoint, adapter);
        var builder = new ExampleBuilder(Tokenizer.Load(request.Checkpoint), Math.Min(request.Section.MaxTokens, policy.Config.MaxPositions));
        TrainingMethod method = TrainingMethods.Find(Method)!;
        ExampleSet train = builder.ForTraining(request.Train, method.Shape(request.Section), method.Create(request.Section));
        ExampleSet heldOut = builder.ForHeldOut(request.HeldOut);
        HeldOutReport evaluation = HeldOutEvaluation.Run(policy, heldOut.Examples, request.Section.MicroBatchTokens, cancellationToken);
        int steps = rounds.Sum(r => r.Result.Steps);
        string metrics = RoundMetrics.Write(request.Folder, rounds, new EvaluationReport(steps, evaluation, null, new Dictionary<string, double>()));
        var summary = new TrainingSummary(steps, rounds.Sum(r => r.Result.Tokens), rounds[^1].Result.Loss, evaluation, steps, metrics);
        return new AdapterTrainingResult(summary, train.Examples.Count, train.Skipped, heldOut.Skipped) { FirstRows = train.FirstRows };
    }

    /// <summary>The folder of this training's rounds, named by all that they depend on.</summary>
    private static string Root(AdapterTrainingRequest request, string identity)
    {
        byte[] content = Encoding.UTF8.GetBytes($"{identity}\n{request.Seed}\n{string.Join('\n', request.Train.Select(row => row.Id))}");
        string root = Path.Combine(request.Folder, Prefix + Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
        Directory.CreateDirectory(request.Folder);
        string? other = Directory.EnumerateDirectories(request.Folder, Prefix + "*").FirstOrDefault(d => d != root);
        return request.RefusesOthers && other is not null
            ? throw new JobFailedException(
                "checkpoint-of-another-training",
                $"{other} was left by a training with other rows, options or model. Give the options it had to resume it, name another output, or remove it.")
            : root;
    }
}
