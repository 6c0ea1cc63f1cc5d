using System.CommandLine;
using System.CommandLine.Invocation;
using AlignOps.Host.Cli;
using AlignOps.Host.Commands;
using AlignOps.Host.Demo;

// A loop's first messages arrive together: without a floor the pool adds a thread every half second, and a step would wait for one.
ThreadPool.SetMinThreads(32, 32);

var root = new RootCommand("AlignOps: a batch of feedback becomes a promoted model, and a bad batch does not.")
{
    DemoCommand.Create(),
    UpCommand.Create(),
    TrainCommand.Create(),
    InitCommand.Create(),
    PipelineCommand.Create(),
    CertifyCommand.Create().WithServer(),
    ConvertCommand.Create(),
    PushCommand.Create().WithServer(),
    RunsCommand.Create().WithServer(),
    RunCommand.Create().WithServer(),
    GateCommand.Create().WithServer(),
    ApprovalCommands.List().WithServer(),
    ApprovalCommands.Approve().WithServer(),
    ApprovalCommands.Reject().WithServer(),
    ReleaseCommand.Create().WithServer(),
    RollbackCommand.Create().WithServer(),
    HoldCommands.Hold().WithServer(),
    HoldCommands.Unhold().WithServer(),
    KeyCommand.Create().WithServer(),
};
HelpWithExitCodes.Extend(root);
var parsed = root.Parse(args);

// Ctrl-C: a training finishes its step and saves, a service hands its jobs back; both need longer than the default two seconds.
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
return parsed.Action is ParseErrorAction ? ExitCode.Usage : code;
