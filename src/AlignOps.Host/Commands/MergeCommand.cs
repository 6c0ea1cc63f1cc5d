using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Merging;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops merge --model DIR --adapter DIR --output DIR</c>: an adapter laid into its base's weights, and the proof that nothing was lost on the way.</summary>
internal static class MergeCommand
{
    private const long Megabyte = 1_000_000;

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Hugging Face checkpoint directory that the adapter was trained on.", Required = true };
        var adapter = new Option<string>("--adapter") { Description = "PEFT directory to lay into it.", Required = true };
        var output = new Option<string>("--output") { Description = "Checkpoint directory to write.", Required = true };
        var dtype = new Option<string?>("--dtype") { Description = "Write every tensor as f32, bf16 or f16; each in the base's own if left out." };
        dtype.AcceptOnlyFromAmong("f32", "bf16", "f16");
        var shard = new Option<int>("--shard-megabytes") { Description = "Split weights larger than this into several files.", DefaultValueFactory = _ => 5000 };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace a checkpoint that the output holds already." };
        var command = new Command("merge", "Lay an adapter into its base's weights. Written only where the result, loaded back, answers as base and adapter do.")
        {
            model, adapter, output, dtype, shard, overwrite, PolicyEngines.Option, ServerOptions.Json,
        };
        command.SetAction(arguments => CommandRunner.RunAsync(() =>
        {
            if (arguments.GetValue(shard) < 1)
            {
                throw new CommandException(ExitCode.Usage, "--shard-megabytes must be at least 1.");
            }

            var request = new MergeRequest(
                arguments.GetValue(model)!,
                arguments.GetValue(adapter)!,
                arguments.GetValue(output)!,
                arguments.GetValue(dtype) is { } name ? Enum.Parse<TensorDtype>(name, ignoreCase: true) : null,
                arguments.GetValue(shard) * Megabyte,
                arguments.GetValue(overwrite));
            IPolicyEngine engine = PolicyEngines.Create(arguments.GetValue(PolicyEngines.Option)!);
            Print(request, new CheckpointMerge(engine).Run(request), arguments.GetValue(ServerOptions.Json));
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    private static void Print(MergeRequest request, MergeReport report, bool json)
    {
        if (json)
        {
            Output.Json(JsonSerializer.SerializeToElement(new { output = request.Output, report }, JsonSerializerOptions.Web));
            return;
        }

        ParityReport parity = report.Parity;
        Output.Line(string.Create(CultureInfo.InvariantCulture,
            $"Merged {report.Merged} layers; wrote {report.Tensors} tensors, {report.Bytes / 1e6:0.0} MB, to {string.Join(", ", report.WeightFiles)} in {Path.GetFullPath(request.Output)}."));
        Output.Line($"As the base had them: {string.Join(", ", report.Copied)}.");
        Output.Line(string.Create(CultureInfo.InvariantCulture,
            $"Loaded back, its log-probabilities of {parity.Tokens} tokens in {parity.Sequences} sequences differ from base and adapter's by {parity.Mean:0.0e+00} on average ({parity.Dtype} allows {parity.MeanTolerance:0.0e+00}) and {parity.Largest:0.0e+00} at most ({parity.LargestTolerance:0.0e+00}); the adapter itself moves them by {parity.Effect:0.0e+00}."));
    }
}
