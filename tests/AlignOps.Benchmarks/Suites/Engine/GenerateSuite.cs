using System.Globalization;
using AlignOps.Benchmarks.Suites.Peers;
using AlignOps.Models.Cpu.Threading;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>
/// <c>generate</c>: greedy answers with caches at SmolLM2-135M's shape beside PyTorch, one request and sixteen, against the rate at which this machine reads memory;
/// then int8, and prompts that begin alike. <c>--figures b1,b16,int8,prefix</c> takes some of them.
/// </summary>
internal sealed class GenerateSuite : ISuite
{
    private const int Prompt = 64;
    private const int Tokens = 64;
    private const int Turns = 3;

    public string Name => "generate";

    public Task<IReadOnlyList<Figure>> MeasureAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        bool Asked(string figure) => arguments.Figures?.Contains(figure) ?? true;
        var figures = new List<Figure>();
        PolicyConfig config = DecoderShapes.Smol135Million;
        var pool = new WorkerPool(Environment.ProcessorCount);
        var reading = new ReadRate(pool);
        var ours = new GenerationRounds(config, pool);
        IReadOnlyList<PyTorchPeer> peers = Asked("b1") || Asked("b16") ? PyTorchPeer.Start(arguments) : [];
        try
        {
            foreach (int prompts in new[] { 1, 16 }.Where(count => Asked($"b{count}")))
            {
                figures.AddRange(Beside(config, prompts, peers, ours, reading));
            }
        }
        finally
        {
            foreach (PyTorchPeer peer in peers)
            {
                peer.Dispose();
            }
        }

        if (Asked("int8"))
        {
            figures.AddRange(Int8(config, ours, new GenerationRounds(config, pool, WeightForm.Int8)));
        }

        if (Asked("prefix"))
        {
            figures.AddRange(Prefix(ours));
        }

        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private static Figure[] Beside(PolicyConfig config, int prompts, IReadOnlyList<PyTorchPeer> peers, GenerationRounds ours, ReadRate reading)
    {
        string name = $"generate.b{prompts}";
        List<double> rates = [], steps = [];
        SideBySide found = SideBySide.Measure(
            $"{name}, {prompts} × {Prompt} tokens continued by {Tokens}, {Environment.ProcessorCount} threads", peers, PeerModel.Generation(name, config, prompts, Prompt, Tokens),
            Environment.ProcessorCount, Turns, rounds: 1, rounds =>
            {
                rates.Add(reading.Measure());
                double[] whole = ours.Run(rounds, prompts, Prompt, Tokens);
                double first = Median(ours.Run(3, prompts, Prompt, 1));
                steps.AddRange(whole.Select(seconds => (seconds - first) / (Tokens - 1)));
                return whole;
            });

        double bytes = ours.Bytes(prompts, Prompt + (Tokens / 2.0)), step = Median(steps), rate = Median(rates);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  a step of {step * 1e3:0.0} ms reads {bytes / 1e6:0} MB of weights and caches: {bytes / step / 1e9:0.0} GB/s of {rate / 1e9:0.0} that the cores read"));
        return
        [
            new($"{name}.tokens_per_s", prompts * Tokens / found.Seconds, "tokens/s, the prompt's time included"),
            new($"{name}.pytorch_tokens_per_s", prompts * Tokens / found.PeerSeconds, $"tokens/s of {found.Peer}, the fastest"),
            new($"{name}.ratio_to_pytorch", found.Ratio, $"times {found.Peer}"),
            new($"{name}.step_tokens_per_s", prompts / step, "tokens/s after the prompt"),
            new($"{name}.bandwidth_fraction", bytes / step / rate, "of the read rate"),
            new($"{name}.read_rate", rate / 1e9, "GB/s"),
        ];
    }

    private static IEnumerable<Figure> Int8(PolicyConfig config, GenerationRounds exact, GenerationRounds bytes)
    {
        foreach (int prompts in new[] { 1, 16 })
        {
            List<double> with = [], without = [];
            for (int turn = 0; turn < Turns; turn++)
            {
                without.Add(Step(exact, prompts));
                with.Add(Step(bytes, prompts));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"generate.int8, {prompts} requests: {Median(with) * 1e3:0.0} ms a step of {bytes.Bytes(prompts, Prompt) / 1e6:0} MB, {Median(without) * 1e3:0.0} ms of {exact.Bytes(prompts, Prompt) / 1e6:0} MB in bf16"));
            yield return new Figure($"generate.int8.b{prompts}.speedup", Median(without) / Median(with), "times bf16, after the prompt");
        }
    }

    private static IEnumerable<Figure> Prefix(GenerationRounds ours)
    {
        const int Requests = 8, Beginning = 256, Own = 16;
        List<double> with = [], without = [];
        for (int turn = 0; turn < Turns; turn++)
        {
            GenerationRequest[] apart = ours.Requests(Requests, Beginning + Own, 1), together = ours.Requests(Requests, Beginning + Own, 1);
            int[] beginning = together[0].Prompt[..Beginning];
            with.Add(ours.Seconds([.. together.Select(request => request with { Prompt = [.. beginning, .. request.Prompt[Beginning..]] })]));
            without.Add(ours.Seconds(apart));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"generate.prefix, {Requests} prompts of {Beginning + Own} tokens to their first token: {Median(with):0.00} s where {Beginning} are common, {Median(without):0.00} s where none are"));
        yield return new Figure("generate.prefix.speedup", Median(without) / Median(with), "times to the first token");
    }

    private static double Step(GenerationRounds rounds, int prompts)
    {
        double first = rounds.Run(1, prompts, 2, 1)[0];
        return (rounds.Run(1, prompts, 2, Tokens / 2)[0] - first) / ((Tokens / 2) - 1);
    }

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
