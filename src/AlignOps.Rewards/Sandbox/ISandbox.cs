namespace AlignOps.Rewards.Sandbox;

/// <summary>Runs programs that nobody trusts, such as a model's answer to a programming task. Where it cannot protect the machine it runs nothing and says why.</summary>
public interface ISandbox
{
    /// <summary>What is protected here, found out once by trying.</summary>
    SandboxProtection Protection { get; }

    /// <summary>Runs a program to its end or to a limit. Whatever it started is gone when this returns, and so is whatever it wrote.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the program is gone then too.</exception>
    Task<SandboxResult> RunAsync(SandboxProgram program, SandboxLimits limits, CancellationToken cancellationToken);
}
