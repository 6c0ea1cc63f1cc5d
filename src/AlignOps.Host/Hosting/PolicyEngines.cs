using System.CommandLine;
using AlignOps.Host.Cli;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
#if TORCH
using AlignOps.Models.Torch;
#endif

namespace AlignOps.Host.Hosting;

/// <summary>The engine that runs policies in this process, as people name it: <c>cpu</c>, or <c>torch[:DEVICE][:DTYPE]</c> where the build has it.</summary>
internal static class PolicyEngines
{
    public const string Default = "cpu";

    public static readonly Option<string> Option = new("--engine")
    {
        Description = "What runs policies: cpu, or torch[:cpu|cuda|cuda:N][:fp32|bf16] in a build with -p:Torch=cpu|cuda (or ALIGNOPS_ENGINE).",
        DefaultValueFactory = _ => Named,
    };

    /// <summary>The engine that the environment names.</summary>
    public static string Named => Environment.GetEnvironmentVariable("ALIGNOPS_ENGINE") is { Length: > 0 } named ? named : Default;

    /// <summary>Why there is no such engine in this build, or null.</summary>
    public static string? Fault(string engine)
    {
        if (engine == Default)
        {
            return null;
        }

        if (engine.Split(':')[0] != "torch")
        {
            return $"There is no engine '{engine}'. The engines are cpu and torch.";
        }

#if TORCH
        return string.Join(' ', TorchOptionsOf(engine).Faults()) is { Length: > 0 } faults ? faults : null;
#else
        return "This build has no engine 'torch'. Build with -p:Torch=cpu or -p:Torch=cuda, or run on --engine cpu.";
#endif
    }

    /// <exception cref="CommandException">There is no such engine, or the machine lacks its device.</exception>
    public static IPolicyEngine Create(string engine)
    {
        if (Fault(engine) is { } fault)
        {
            throw new CommandException(ExitCode.Usage, fault);
        }

#if TORCH
        if (engine != Default)
        {
            try
            {
                return new TorchPolicyEngine(TorchOptionsOf(engine));
            }
            catch (InvalidOperationException missing)
            {
                throw new CommandException(ExitCode.Usage, missing.Message);
            }
        }
#endif
        return new CpuPolicyEngine();
    }

#if TORCH
    private static TorchOptions TorchOptionsOf(string engine)
    {
        string[] parts = engine.Split(':');
        string? dtype = parts[^1] is "fp32" or "bf16" ? parts[^1] : null;
        string[] device = dtype is null ? parts[1..] : parts[1..^1];
#if TORCH_CUDA
        const string own = "cuda";
#else
        const string own = "cpu";
#endif
        return new TorchOptions { Device = device.Length > 0 ? string.Join(':', device) : own, Dtype = dtype };
    }
#endif
}
