using System.CommandLine;
using AlignOps.Host.Cli;
using AlignOps.Host.Commands;
using AlignOps.Host.Demo;

// A loop's first messages arrive together: without a floor the pool adds a thread every half second, and a step would wait for one.
ThreadPool.SetMinThreads(32, 32);

var root = new RootCommand(
    "AlignOps: a batch of feedback becomes a promoted model, and a bad batch does not. " + ExitCode.Help)
{
    DemoCommand.Create(),
    UpCommand.Create(),
    PushCommand.Create(),
    RunsCommand.Create(),
    RunCommand.Create(),
    GateCommand.Create(),
    RollbackCommand.Create(),
    KeyCommand.Create(),
    ServerOptions.Server,
    ServerOptions.Key,
};
return await root.Parse(args).InvokeAsync();
