using System.CommandLine;
using System.CommandLine.Invocation;
using AlignOps.Host.Cli;
using AlignOps.Host.Commands;

// A loop's first messages arrive together: without a floor the pool adds a thread every half second, and a step would wait for one.
ThreadPool.SetMinThreads(32, 32);

var root = AllCommands.Create();
HelpWithExitCodes.Extend(root);
var parsed = root.Parse(args);

// Ctrl-C: a training finishes its step and saves, a service hands its jobs back; both need longer than the default two seconds.
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
return parsed.Action is ParseErrorAction ? ExitCode.Usage : code;
