using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlignOps.Training.Checkpoints;
using AlignOps.Training.Evaluation;
using AlignOps.Training.Metrics;

namespace AlignOps.Training.Raft;

/// <summary>
/// The metrics of all rounds in one file: a line of what each sampled and kept before the lines of its steps, which count on from the round before, and the held-out rows at the end.
/// </summary>
internal static class RoundMetrics
{
    public static string Write(string folder, IReadOnlyList<(RoundFolder Folder, RoundResult Result)> rounds, EvaluationReport evaluation)
    {
        var text = new StringBuilder();
        int steps = 0;
        long tokens = 0;
        foreach ((RoundFolder round, RoundResult result) in rounds)
        {
            RoundReport report = result.Report;
            text.Append(JsonSerializer.Serialize(new Dictionary<string, double?>
            {
                ["round"] = report.Round,
                ["rollout/prompts"] = report.Prompts,
                ["rollout/samples"] = report.Samples,
                ["rollout/invalid"] = report.Invalid,
                ["rollout/distinct_2"] = report.Distinct2,
                ["rollout/mean_reward"] = report.MeanReward,
                ["rollout/kept"] = report.Kept,
                ["rollout/kept_reward"] = report.KeptReward,
                ["rollout/pattern_share"] = report.PatternShare,
            })).Append('\n').AppendJoin('\n', Steps(round.Metrics, steps, tokens)).Append('\n');
            steps += result.Steps;
            tokens += result.Tokens;
        }

        string path = Path.Combine(folder, CheckpointFolder.MetricsFile);
        File.WriteAllText(path, text.ToString());
        new MetricsFile(path).Append(evaluation);
        return path;
    }

    // A round holds nothing out, so that its own line of evaluation says nothing.
    private static IEnumerable<string> Steps(string path, int steps, long tokens) => File.ReadLines(path)
        .Select(line => JsonNode.Parse(line)!.AsObject())
        .Where(line => line.ContainsKey("loss"))
        .Select(line =>
        {
            line["step"] = line["step"]!.GetValue<int>() + steps;
            line["num_tokens"] = line["num_tokens"]!.GetValue<long>() + tokens;
            return line.ToJsonString();
        });
}
