using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Host.Telemetry;
using AlignOps.Platform.Diagnosis;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.Options;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops doctor</c>: what a process of these settings would find, and what to do about it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "State folder.", DefaultValueFactory = _ => ".alignops" };
        var database = new Option<string?>("--database") { Description = "PostgreSQL (or ALIGNOPS_DATABASE); SQLite in the state folder if left out.", DefaultValueFactory = _ => Setting.Read(Setting.Database) };
        var bus = new Option<string?>("--bus") { Description = "RabbitMQ (or ALIGNOPS_BUS); in memory if left out.", DefaultValueFactory = _ => Setting.Read(Setting.Bus) };
        var command = new Command("doctor", "Examine disk, database, clock, broker and queues, and say what to do. Exit code 0: all is well; 1: something is to be done.")
        {
            data, database, bus, ServerOptions.Json,
        };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            var settings = new HostSettings(arguments.GetValue(data)!, AlignOpsServer.Unstarted.Pipelines, Database: arguments.GetValue(database), Bus: arguments.GetValue(bus));
            var findings = await ExamineAsync(settings, cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(JsonSerializer.SerializeToElement(new { Well = findings.All(finding => finding.Well), Findings = findings }, JsonSerializerOptions.Web));
            }
            else
            {
                foreach (var finding in findings)
                {
                    Output.Line($"{(finding.Well ? "ok  " : "DO  ")} {finding.Subject,-18} {finding.Sentence}");
                    if (!finding.Well)
                    {
                        Output.Line($"     {"",-18} -> {finding.Remedy}");
                    }
                }
            }

            return findings.All(finding => finding.Well) ? ExitCode.Success : ExitCode.AnsweredNo;
        }));
        return command;
    }

    /// <summary>Settings that cannot be read are findings too.</summary>
    internal static async Task<IReadOnlyList<Finding>> ExamineAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        var program = new Finding(
            "versions",
            $"AlignOps {TelemetryIdentity.Of([], "").Version}, {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier} with {Environment.ProcessorCount} cores, SQLite {SqliteLibrary.Version}.");
        try
        {
            // Built to be asked for the tables and queues that this version has; never started.
            await using var application = AlignOpsServer.Build(settings, null);
            return [program, .. await application.Services.GetRequiredService<IDoctor>().ExamineAsync(cancellationToken)];
        }
        catch (OptionsValidationException options)
        {
            return [program, .. options.Failures.Select(fault => new Finding("settings", fault, "Correct the setting that is named."))];
        }
    }
}
