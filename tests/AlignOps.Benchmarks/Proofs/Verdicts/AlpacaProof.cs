using System.Globalization;
using AlignOps.Statistics.Paired;
using AlignOps.Statistics.Regression;
using AlignOps.Statistics.Style;

namespace AlignOps.Benchmarks.Proofs.Verdicts;

/// <summary><c>eval.alpaca</c>: AlpacaEval's published figures from its judgments, and what is left of a length preference when lengths are held equal.</summary>
internal sealed class AlpacaProof : IProof
{
    private const string Plain = "gpt-3.5-turbo-1106";
    private const int Draws = 1000;
    private const double Shrink = 0.7;

    /// <summary>Win rate, standard error and discrete win rate in per cent, as AlpacaEval's leaderboard has them.</summary>
    private static readonly (string Model, double WinRate, double StandardError, double Discrete)[] Published =
    [
        (Plain, 9.1780, 0.8904, 8.1988),
        (Plain + "_verbose", 12.7632, 1.0442, 11.8012),
        (Plain + "_concise", 7.4159, 0.8374, 7.3292),
        ("vicuna-13b-v1.5", 6.7221, 0.7674, 6.2112),
        ("vicuna-7b-v1.5", 4.7975, 0.6656, 4.5342),
        ("claude-2.1", 15.7335, 1.1203, 14.4099),
        ("NullModel", 76.9198, 0.9090, 83.9752),
    ];

    public string Name => "eval.alpaca";

    public string Claim => "seven models' win rate, standard error and discrete win rate equal the published figures to 4 decimals; holding lengths equal brings one model's normal, verbose and concise selves at least 70 % closer in log-odds";

    public Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Data is not { } folder)
        {
            Console.WriteLine($"{Name} needs --data DIR with {AlpacaJudgments.FileName}.");
            return Task.FromResult(false);
        }

        var judgments = AlpacaJudgments.Read(folder);
        var holds = true;
        Console.WriteLine($"{"model",-28} {"win rate",9} {"error",8} {"discrete",9}   published");
        foreach (var (model, winRate, error, discrete) in Published)
        {
            var found = PairedWinRate.Of(judgments[model].Outcomes);
            var same = Same(found.WinRate, winRate) && Same(found.StandardError, error) && Same(found.DiscreteWinRate, discrete);
            holds &= same;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model,-28} {100 * found.WinRate,9:0.0000} {100 * found.StandardError,8:0.0000} {100 * found.DiscreteWinRate,9:0.0000}   {winRate:0.0000} {error:0.0000} {discrete:0.0000}  n = {found.Count}  {(same ? "ok" : "NOT OK")}"));
        }

        LengthCompared[] selves = [.. Published.Take(3).Select(row => judgments[row.Model])];
        LengthCompared[] honest = [.. Published.Where(row => row.Model != "NullModel").Select(row => judgments[row.Model])];
        var raw = Spread(selves.Select(self => LogisticRegression.Logit(self.Outcomes.Average())));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"spread of {Plain} and its verbose and concise selves: {raw:0.0000} in log-odds as it is"));
        holds &= Report("each model fitted by itself", [.. selves.Select((self, i) => LengthControl.Of(self, Draws, i))], raw, binding: true);
        holds &= Report("the three selves pooled, one length coefficient", LengthControl.Pooled(selves, Draws, seed: 1), raw, binding: true);
        Report("all six honest models pooled, for comparison", LengthControl.Pooled(honest, Draws, seed: 1), raw, binding: false);
        return Task.FromResult(holds);
    }

    private static bool Report(string how, IReadOnlyList<LengthControl> found, double raw, bool binding)
    {
        var spread = Spread(found.Take(3).Select(self => self.Strength.Value));
        var shrunk = 1 - spread / raw;
        var holds = !binding || shrunk >= Shrink;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{how}: spread {spread:0.0000}, {100 * shrunk:0.0} % less{(binding ? holds ? "  ok" : "  NOT OK" : "")}"));
        foreach (var model in found)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {model.Name,-28} {100 * model.Raw.Value,7:0.00} % as it is, {100 * model.Controlled.Value,6:0.00} % at equal length (95 %: {100 * model.Controlled.Lower:0.00} to {100 * model.Controlled.Upper:0.00}), length coefficient {model.Length.Value:0.00} ({model.Length.Lower:0.00} to {model.Length.Upper:0.00})"));
        }

        return holds;
    }

    private static double Spread(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Max() - all.Min();
    }

    private static bool Same(double share, double percent) => Math.Abs(100 * share - percent) < 0.00005 + 1e-9;
}
